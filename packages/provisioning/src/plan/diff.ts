import { isSecret } from '@hanse/core'
import type { AnyField, AnyKind, Shape } from '@hanse/core'
import { sameJson, toJson } from '../operations/to-json.ts'
import type { JsonObject, JsonValue } from '../state/recorded-resource.ts'
import { isLater } from './later.ts'
import type { FieldChange } from './plan.ts'

/** What a diff compares. */
export interface Compared {
  readonly kind: AnyKind
  /** As the program says, evaluated as far as possible. */
  readonly wanted: Readonly<Record<string, unknown>>
  /** As last known to be so, secrets open. */
  readonly recorded: JsonObject
  /** As the cloud showed it when it was recorded. */
  readonly recordedSeen: JsonObject | undefined
  /** As the cloud shows it now. */
  readonly seen: JsonObject | undefined
  readonly supports: (capability: string) => boolean
}

/** A change of a field with how it is carried out. */
export interface DiffEntry extends FieldChange {
  /** The action of the kind that makes it; undefined for the update verb. */
  readonly action: string | undefined
}

/** Field by field, what is not as wanted. Pure. */
export function diff(compared: Compared): readonly DiffEntry[] {
  const entries: DiffEntry[] = []
  for (const [field, described] of Object.entries(compared.kind.fields)) {
    if (described.shape.type === 'native') continue
    const wanted = compared.wanted[field]
    const later = isLater(wanted)
    const json = later ? undefined : plain(wanted)
    const before = compared.recorded[field]
    const changed = later || !sameJson(json, before)
    const [seenBefore, seenNow] = [compared.recordedSeen?.[field], compared.seen?.[field]]
    // Only what the cloud shows, showed, and the program speaks of can drift.
    const drifted =
      wanted !== undefined &&
      seenNow !== undefined &&
      seenBefore !== undefined &&
      !sameJson(seenBefore, seenNow) &&
      !sameJson(json, seenNow)
    if (!changed && !drifted) continue
    // What the cloud shows already, an interrupted update has done.
    const how = carriedOut(compared, described, { to: json, later, from: drifted ? seenNow : before })
    entries.push({
      field,
      from: show(described, drifted && !changed ? seenNow : before),
      to: later ? '(known after apply)' : show(described, json),
      because: later ? 'dependency' : changed ? 'changed' : 'drifted',
      ...how,
    })
  }
  return entries
}

function carriedOut(
  { kind, supports }: Compared,
  { onChange, shape }: AnyField,
  { to, later, from }: { readonly to: JsonValue | undefined; readonly later: boolean; readonly from: JsonValue | undefined },
): { readonly causes: 'update' | 'replace'; readonly action: string | undefined } {
  if (onChange === 'update') {
    const possible = kind.verbs.includes('update') && (later || to !== undefined || emptyOf(shape) !== undefined)
    return { causes: possible ? 'update' : 'replace', action: undefined }
  }
  if (onChange === 'replace') return { causes: 'replace', action: undefined }
  // Of a number that is not known yet it is hoped that it grows: a change that is refused loses nothing, a replacement does.
  const grows = later || (typeof to === 'number' && typeof from === 'number' && to > from)
  const possible = (onChange.needs === undefined || supports(onChange.needs)) && (onChange.only !== 'grow' || grows)
  return possible ? { causes: 'update', action: onChange.action } : { causes: 'replace', action: undefined }
}

/** What a field that was taken out of the program is set to; undefined where nothing stands for "left out". */
export const emptyOf = (shape: Shape): JsonValue | undefined =>
  shape.type === 'record' ? {} : shape.type === 'list' && shape.min === 0 ? [] : undefined

const plain = (value: unknown): JsonValue | undefined => (value === undefined ? undefined : toJson({ value })['value'])

function show({ secret }: AnyField, value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (secret || isSecret(value)) return '[secret]'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
