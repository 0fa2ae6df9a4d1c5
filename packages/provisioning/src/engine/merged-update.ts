import type { AnyField, AnyKind } from '@hanse/core'
import { sameJson } from '../operations/to-json.ts'
import { untold } from '../operations/untold.ts'
import type { JsonObject, JsonValue, RecordedResource } from '../state/recorded-resource.ts'

/** What is so after an update of which only the beginning is known. */
export interface MergedUpdate {
  /** As it is recorded: secrets stay sealed. */
  readonly spec: JsonObject
  readonly observed: JsonObject
}

/** A recorded spec, sealed and open. */
interface Spec {
  readonly sealed: JsonObject
  readonly open: JsonObject
}

/**
 * Finds out field by field what an interrupted update has changed, by what the cloud shows. What was not changed, or cannot be told, stays
 * as it was before: the plan then changes it again, to the same end. An action that was done is not done twice, for many clouds refuse that.
 * A record may be changed in part: it holds the names of before and after, so that nothing of either is forgotten.
 */
export function mergedUpdate(kind: AnyKind, resource: RecordedResource, before: Spec, to: Spec, seen: JsonObject): MergedUpdate {
  const spec: Record<string, JsonValue> = {}
  const observed: Record<string, JsonValue> = { ...resource.observed }
  for (const field of new Set([...Object.keys(before.sealed), ...Object.keys(to.sealed)])) {
    const shown = seen[field]
    const wasShown = resource.observed?.[field]
    const isChoice = kind.fields[field]?.shape.type === 'choice'
    const changes = !sameJson(before.open[field], to.open[field])
    // Of a choice the cloud shows only what was chosen: that it shows another than before is the mark of the change.
    const isDone = changes && shown !== undefined && (isChoice ? !sameJson(shown, wasShown) : sameJson(shown, to.open[field]))
    const value = isDone
      ? to.sealed[field]
      : changes
        ? neither(kind.fields[field], before.sealed[field], to.sealed[field])
        : before.sealed[field]
    if (value !== undefined) spec[field] = value
    if (isDone) observed[field] = shown
  }
  return { spec, observed }
}

/** What may be there of a record that was being changed: {@link untold} stands for every value that may be the one or the other. */
function neither(field: AnyField | undefined, before: JsonValue | undefined, to: JsonValue | undefined): JsonValue | undefined {
  if (field?.shape.type !== 'record' || field.secret || !isObject(to)) return before
  const old = isObject(before) ? before : {}
  return Object.fromEntries(
    [...new Set([...Object.keys(old), ...Object.keys(to)])].map((name) => [
      name,
      sameJson(old[name], to[name]) ? (old[name] ?? untold) : untold,
    ]),
  )
}

const isObject = (value: JsonValue | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
