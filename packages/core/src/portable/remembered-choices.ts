import type { AnyKind } from '../kind/kind.ts'

/** So many texts of one kind are remembered. */
const capacity = 10_000

/**
 * What the choices of one open cloud came out as, so that an id that was seen costs no request. Ids of kinds that are chosen from are
 * remembered as they pass; names and selectors only where nobody creates the kind (sizes), for elsewhere a name may come to mean another.
 */
export interface RememberedChoices {
  /** The id that a text or a selector stood for; undefined when it is not known. */
  recall(kind: string, wanted: unknown): string | undefined
  /** An id has been seen. */
  see(kind: string, id: string): void
  /** A choice has come out. */
  remember(kind: AnyKind, wanted: unknown, id: string): void
  /** Something of this kind is gone. */
  forget(kind: string): void
  /** A call whose choices were remembered found nothing. */
  forgetAll(): void
}

/** Remembers for one open cloud, with these kinds. */
export function rememberChoices(kinds: readonly AnyKind[]): RememberedChoices {
  const chosenFrom = new Set(
    kinds.flatMap((kind) => Object.values(kind.fields).flatMap(({ shape }) => (shape.type === 'choice' ? [shape.of] : []))),
  )
  const byKind = new Map<string, Map<string, string>>()
  const store = (kind: string, text: string, id: string): void => {
    const known = byKind.get(kind) ?? new Map<string, string>()
    if (known.size < capacity) byKind.set(kind, known.set(text, id))
  }
  return {
    recall: (kind, wanted) => byKind.get(kind)?.get(keyOf(wanted)),
    see: (kind, id) => {
      if (chosenFrom.has(kind)) store(kind, id, id)
    },
    remember: (kind, wanted, id) => {
      store(kind.kind, id, id)
      if (kind.identity === 'given') store(kind.kind, keyOf(wanted), id)
    },
    forget: (kind) => void byKind.delete(kind),
    forgetAll: () => byKind.clear(),
  }
}

/** A text is its own key; a selector's is JSON, its members in the order of their names. */
const keyOf = (wanted: unknown): string =>
  typeof wanted === 'object' && wanted !== null
    ? JSON.stringify(Object.entries(wanted).sort(([a], [b]) => (a < b ? -1 : 1)))
    : String(wanted)
