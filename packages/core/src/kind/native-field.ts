import type { NativeExtras } from '../native.ts'
import type { Field } from './field.ts'

/** The field of a spec that holds extras for one provider. The driver that they are for checks them; no other accepts them. */
export const nativeExtras: Field<NativeExtras, never, true> = {
  shape: { type: 'native' },
  summary: 'Extras for one provider, made by its driver.',
  optional: true,
  onChange: 'replace',
  observe: 'never',
  secret: false,
}
