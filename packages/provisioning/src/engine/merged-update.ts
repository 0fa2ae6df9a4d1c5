import type { AnyKind } from '@hanse/core'
import { sameJson } from '../operations/to-json.ts'
import type { JsonObject, RecordedResource } from '../state/recorded-resource.ts'

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
 */
export function mergedUpdate(kind: AnyKind, resource: RecordedResource, before: Spec, to: Spec, seen: JsonObject): MergedUpdate {
  const spec: Record<string, JsonObject[string]> = {}
  const observed: Record<string, JsonObject[string]> = { ...resource.observed }
  for (const field of new Set([...Object.keys(before.sealed), ...Object.keys(to.sealed)])) {
    const shown = seen[field]
    const wasShown = resource.observed?.[field]
    const isChoice = kind.fields[field]?.shape.type === 'choice'
    const changes = !sameJson(before.open[field], to.open[field])
    // Of a choice the cloud shows only what was chosen: that it shows another than before is the mark of the change.
    const isDone = changes && shown !== undefined && (isChoice ? !sameJson(shown, wasShown) : sameJson(shown, to.open[field]))
    const value = (isDone ? to : before).sealed[field]
    if (value !== undefined) spec[field] = value
    if (isDone) observed[field] = shown
  }
  return { spec, observed }
}
