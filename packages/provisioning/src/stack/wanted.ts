import type { Capability, Kinds, NativeExtras, ResourceId, Secret } from '@hanse/core'
import type { Output } from './output.ts'

/** The kinds that a stack can want: those that can be created. */
export type StackKindName = { [K in keyof Kinds]: 'create' extends Kinds[K]['verbs'][number] ? K : never }[keyof Kinds]

export type SpecOf<K extends keyof Kinds> = NonNullable<Kinds[K]['_']>['spec']
export type OutputsOf<K extends keyof Kinds> = NonNullable<Kinds[K]['_']>['outputs']

/**
 * A resource that is wanted: a value, referred to by being passed on. `Needs` is what its cloud must be able to do, what it refers to
 * included; `On` names that cloud within the stack.
 */
export interface Wanted<Kind extends string, Needs extends string, On extends string, Outputs = object> {
  readonly kind: Kind
  readonly on: On
  readonly needs: readonly Needs[]
  /** What the cloud will have decided, to be used in other resources and as outputs of the stack. */
  readonly outputs: { readonly [O in keyof Outputs]-?: Output<Outputs[O]> }
  readonly spec: Readonly<Record<string, unknown>>
}

/** Any wanted resource. */
export type AnyWanted = Wanted<string, string, string, object>

/** In a stack a reference is the wanted resource of the same cloud (or the id of one that the stack does not own), and any value may be an output. */
export type Wire<T, On extends string> =
  T extends ResourceId<infer K>
    ? Wanted<K, string, On> | ResourceId<K>
    : T extends Secret<infer V>
      ? T | Output<V> | Output<T>
      : T extends NativeExtras | undefined
        ? T
        : T extends string | number | boolean | undefined
          ? T | (T extends undefined ? never : Output<T>)
          : T extends readonly (infer I)[]
            ? readonly Wire<I, On>[] | Output<T>
            : { readonly [F in keyof T]: Wire<T[F], On> }

/** Left out, the physical name is made of stack, environment and key. */
type Unnamed<S> = 'name' extends keyof S ? Omit<S, 'name'> & { readonly name?: string | undefined } : S

/** The spec of a kind as it is written in a stack. */
export type InStack<K extends StackKindName, On extends string> = Unnamed<{ readonly [F in keyof SpecOf<K>]: Wire<SpecOf<K>[F], On> }>

/** Refuses fields that the kind does not have. */
export type Exact<S, Spec> = S & { readonly [F in Exclude<keyof S, keyof Spec>]: never }

type FieldNeed<F> = F extends { readonly needs?: infer N } ? N & string : never

/** What the values of a spec bring along: wanted resources and native extras carry their needs. */
export type ReferredNeeds<V> = V extends { readonly needs: readonly (infer N)[] }
  ? N & string
  : V extends readonly (infer I)[]
    ? ReferredNeeds<I>
    : V extends string | number | boolean | undefined
      ? never
      : V extends { readonly compute: unknown } | { readonly reveal: unknown }
        ? never
        : V extends object
          ? { [F in keyof V]-?: ReferredNeeds<V[F]> }[keyof V]
          : never

type CreateNeed<K> = K extends { readonly verbNeeds?: infer N }
  ? N extends { readonly create: infer C extends string }
    ? C
    : never
  : never

/** What a cloud must be able to do to have a resource of this kind with this spec. */
export type NeedsOf<K extends StackKindName, S> =
  | K
  | CreateNeed<Kinds[K]>
  | ReferredNeeds<S>
  | {
      [F in keyof S & keyof Kinds[K]['fields']]-?: [Exclude<S[F], undefined>] extends [never] ? never : FieldNeed<Kinds[K]['fields'][F]>
    }[keyof S & keyof Kinds[K]['fields']]

/** Resources by name. Groups nest, and a component is a function that returns one. */
export interface Group {
  readonly [name: string]: AnyWanted | Group | readonly AnyWanted[] | undefined
}

type Leaves<R> = R extends { readonly kind: string; readonly on: string }
  ? R
  : R extends readonly (infer I)[]
    ? Leaves<I>
    : R extends object
      ? { [K in keyof R]-?: Leaves<R[K]> }[keyof R]
      : never
type NeedsOn<W, On> = W extends { readonly on: infer O; readonly needs: readonly (infer N)[] } ? (O extends On ? N & string : never) : never
type OnOf<W> = W extends { readonly on: infer O extends string } ? O : never

/** What each cloud of a group must be able to do. */
export type NeedsByCloud<R> = { readonly [On in OnOf<Leaves<R>>]: NeedsOn<Leaves<R>, On> }

/** A cloud that can do what is needed, as a parameter: a missing capability is a missing member of `supports`. */
export interface CloudFor<Needs> {
  readonly driver: string
  readonly supports: { readonly [C in Needs & Capability]: true }
}

/** One cloud for a stack that knows only `main`, else a cloud for each name. */
export type CloudsFor<Needs> = [keyof Needs] extends ['main']
  ? CloudFor<Needs['main' & keyof Needs]>
  : { readonly [On in keyof Needs]: CloudFor<Needs[On]> }
