import type { Choice, ResourceId } from '../resource.ts'
import type { Secret } from '../secret.ts'

/** What happens to a resource when a field of its wanted spec changes. */
export type OnChange =
  /** The kind's `update` verb takes it. */
  | 'update'
  /** A new resource takes the place of the old one. */
  | 'replace'
  /** An action of the kind does it; where the cloud lacks what that needs, or a number would shrink and may only grow, it is replaced. */
  | { readonly action: string; readonly needs?: string | undefined; readonly only?: 'grow' | undefined }

/** Where a value can be read back: in a list, in a get only, or never (user data, passwords). Drift is looked for no further than this. */
export type Observe = 'list' | 'get' | 'never'

/** Formats of texts that core checks. `cidr` and `ip` take IPv4 and IPv6 (RFC 4632, RFC 4291); `hostname` is RFC 1123. */
export type TextFormat = 'cidr' | 'ip' | 'hostname' | 'digest' | 'sshPublicKey'

/** How a value looks. Argument checks, JSON Schemas, flags, diffs and reference pages are made from it. */
export type Shape =
  | {
      readonly type: 'text'
      readonly min: number
      readonly max: number
      readonly pattern?: RegExp | undefined
      readonly format?: TextFormat | undefined
    }
  | { readonly type: 'integer'; readonly min: number; readonly max: number; readonly unit: string }
  | { readonly type: 'boolean' }
  | { readonly type: 'oneOf'; readonly of: readonly string[] }
  | { readonly type: 'reference'; readonly to: string }
  | { readonly type: 'choice'; readonly of: string; readonly selector: Readonly<Record<string, AnyField>> }
  | { readonly type: 'list'; readonly of: Shape; readonly min: number; readonly max: number }
  | { readonly type: 'record'; readonly of: Shape }
  | { readonly type: 'object'; readonly fields: Readonly<Record<string, AnyField>> }
  | { readonly type: 'bytes' }
  | { readonly type: 'native' }
  | { readonly type: 'live'; readonly what: string; readonly is: (value: unknown) => boolean }

/** One field of a spec. `T` is what a user writes, `Needs` what a cloud must have when it is given, `Opt` whether it may be left out. */
export interface Field<T, Needs extends string = never, Opt extends boolean = false> {
  readonly shape: Shape
  readonly optional: Opt
  readonly needs?: Needs | undefined
  /** Like `needs`, when only some values need it: an IPv6 CIDR. */
  readonly needsWhen?: { readonly capability: string; readonly value: (value: unknown) => boolean } | undefined
  readonly onChange: OnChange
  readonly observe: Observe
  readonly secret: boolean
  /** One sentence for help, schemas and reference pages. */
  readonly summary: string
  readonly _?: (value: T) => T
}

/** Any field. The one place where a field of any type is meant: `Field` is invariant in its value. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type AnyField = Field<any, string, boolean>

interface FieldOptions {
  readonly onChange?: OnChange
  readonly observe?: Observe
  readonly needsWhen?: AnyField['needsWhen']
}

const field = <T>(summary: string, shape: Shape, options: FieldOptions = {}): Field<T> => ({
  shape,
  summary,
  optional: false,
  onChange: options.onChange ?? 'replace',
  observe: options.observe ?? 'list',
  needsWhen: options.needsWhen,
  secret: false,
})

interface TextLimits {
  readonly min?: number
  readonly max: number
  readonly pattern?: RegExp
  readonly format?: TextFormat
}

/** A text of so many characters. */
export const text = (summary: string, limits: TextLimits, options?: FieldOptions): Field<string> =>
  field(summary, { type: 'text', min: limits.min ?? 0, ...limits }, options)

/** A whole number with its unit. */
export const integer = (
  summary: string,
  limits: { readonly min: number; readonly max: number; readonly unit: string },
  options?: FieldOptions,
): Field<number> => field(summary, { type: 'integer', ...limits }, options)

/** True or false. */
export const boolean = (summary: string, options?: FieldOptions): Field<boolean> => field(summary, { type: 'boolean' }, options)

/** One of a closed set of words. */
export const oneOf = <const V extends string>(summary: string, of: readonly V[], options?: FieldOptions): Field<V> =>
  field(summary, { type: 'oneOf', of }, options)

/** Another resource, by id. */
export const reference = <const K extends string>(summary: string, to: K, options?: FieldOptions): Field<ResourceId<K>> =>
  field(summary, { type: 'reference', to }, options)

/** Another resource, by id, by name, or by what it must be. */
export const choice = <const K extends string, S>(
  summary: string,
  of: K,
  selector: FieldsOf<S>,
  options?: FieldOptions,
): Field<Choice<K, S>> => field(summary, { type: 'choice', of, selector }, options)

/** Several values of one shape. */
export const list = <T>(
  summary: string,
  item: Field<T, never, boolean>,
  limits: { readonly min?: number; readonly max: number },
  options?: FieldOptions,
): Field<readonly T[]> => field(summary, { type: 'list', of: item.shape, min: limits.min ?? 0, max: limits.max }, options)

/** Values of one shape by name. */
export const record = <T>(summary: string, item: Field<T, never, boolean>, options?: FieldOptions): Field<Readonly<Record<string, T>>> =>
  field(summary, { type: 'record', of: item.shape }, options)

/** A group of fields. */
export const object = <S>(summary: string, fields: FieldsOf<S>, options?: FieldOptions): Field<S> =>
  field(summary, { type: 'object', fields }, options)

/** A stream of bytes, whole bytes, or a text in UTF-8. Only as an argument of an action. */
export const bytes = (summary: string): Field<ByteSource> => field(summary, { type: 'bytes' })

/**
 * A value of this process that no text stands for: a function, an open cloud, an artifact that was pulled. Only as an argument or option of
 * an action; it has no flag and no JSON Schema.
 */
export const live = <T>(summary: string, value: { readonly what: string; readonly is: (value: unknown) => boolean }): Field<T> =>
  field(summary, { type: 'live', ...value })

/** Bytes going in. A stream is read once and never held whole. */
export type ByteSource = AsyncIterable<Uint8Array> | Uint8Array | string

// Wrappers, not options: as an option the compiler would infer them from the expected type and believe the description instead of checking it.

/** The field may be left out. */
export const optional = <T, N extends string>(of: Field<T, N, false>): Field<T, N, true> => ({ ...of, optional: true }) as Field<T, N, true>

/** The field needs a capability when it is given. */
export const needing = <const N extends string, T, Opt extends boolean>(needs: N, of: Field<T, never, Opt>): Field<T, N, Opt> =>
  ({ ...of, needs }) as Field<T, N, Opt>

/** The field is never shown, logged, digested or read back, and may be given as a {@link Secret}. */
export const concealed = <T, N extends string, Opt extends boolean>(of: Field<T, N, Opt>): Field<T | Secret<T>, N, Opt> =>
  ({ ...of, secret: true, observe: 'never' }) as Field<T | Secret<T>, N, Opt>

/** A description of every field of `S`, each with the field's own type and optionality. */
export type FieldsOf<S> = {
  readonly [F in keyof Required<S>]: Field<NonNullable<S[F]>, string, undefined extends S[F] ? true : false>
}
