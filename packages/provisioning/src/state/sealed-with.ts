import type { JsonValue, RecordedResource } from './recorded-resource.ts'
import { isSealed } from './secrets.ts'
import type { StateView } from './state-store.ts'

/** The ids of the keys that the secrets of a state are encrypted with; none when it holds no secret. */
export function sealedWith({ resources }: Pick<StateView, 'resources'>): ReadonlySet<string> {
  const keys = new Set<string>()
  const look = (value: JsonValue): void => {
    if (isSealed(value)) keys.add(value.$key)
    else if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) look(member)
  }
  for (let at: readonly RecordedResource[] = [...resources.values()]; at.length > 0; ) {
    for (const { spec } of at) look(spec)
    at = at.flatMap(({ previous }) => previous ?? [])
  }
  return keys
}
