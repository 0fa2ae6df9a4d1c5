import type { AnyField, FieldsOf, Shape } from './field.ts'
import type { NoOutputs } from '../resource.ts'

/** The services that group kinds for readers. */
export type ServiceName = 'location' | 'compute' | 'storage' | 'network' | 'registry'

/** The five standard verbs. `find` comes with `list`, `findByKey` with `create`. */
export type StandardVerb = 'create' | 'get' | 'list' | 'update' | 'delete'

/**
 * How a resource is recognised as ours: by the mark in its create request; by its name (key pairs have no place for a mark); by what it
 * joins (an attachment); or not at all, because nobody creates it (sizes, regions).
 */
export type Identity = 'marked' | 'named' | 'natural' | 'given'

/** What a phase means to somebody who waits: not yet, good, will never be good, gone. */
export type PhaseMeaning = 'pending' | 'ready' | 'failed' | 'gone'

/** A verb that only some kinds have. */
export interface Action {
  readonly summary: string
  /** What it is done to: one resource, whose id is then the first argument, or the kind as a whole. */
  readonly on: 'one' | 'kind'
  /** The arguments after the id, in order. */
  readonly takes: Readonly<Record<string, AnyField>>
  /** Options of this call beside signal, deadline and key. */
  readonly options?: Readonly<Record<string, AnyField>> | undefined
  readonly effect: 'reads' | 'lists' | 'changes' | 'creates' | 'deletes'
  /** Of an action that creates: the kind of what it makes, if not its own (a server's snapshot is an image). */
  readonly makes?: string | undefined
  /** The capability that it needs beside the kind's own. */
  readonly needs?: string | undefined
}

/** How one of several is chosen by a selector, for kinds that others choose from. Numbers are at least, texts are equal. */
export interface Choosing {
  /** Of those that fit: the newest, or the one with the least of these measures, compared in this order. */
  readonly prefer: 'newest' | readonly string[]
  /** What counts as said where a selector, or a resource, says nothing. */
  readonly unsaid?: Readonly<Record<string, string>> | undefined
}

/**
 * A kind of resource, described once as data. Argument checks, diffs, builders, needs, flags, JSON Schemas, reference pages and the cases
 * of the kit are all made from it; none of them keeps a list of kinds of its own.
 */
export interface Kind<Name extends string, Spec, Outputs, Phase extends string, F> {
  /** Its name, which is also the capability of having it. */
  readonly kind: Name
  readonly service: ServiceName
  /** The member of the service: `servers` in `cloud.compute.servers`. */
  readonly plural: string
  /** One sentence that says what it is. */
  readonly summary: string
  readonly identity: Identity
  /** For `natural` kinds: the fields that together are its identity. */
  readonly joins?: readonly (keyof Spec & string)[] | undefined
  /** The field that names what it is part of. Lists take it as a filter. */
  readonly parent?: (keyof Spec & string) | undefined
  readonly choose?: Choosing | undefined
  readonly verbs: readonly StandardVerb[]
  /** The capability that a standard verb needs beside the kind's own. */
  readonly verbNeeds?: Readonly<Partial<Record<StandardVerb, string>>> | undefined
  readonly actions: Readonly<Record<string, Action>>
  readonly phases: { readonly [P in Phase]: PhaseMeaning }
  readonly fields: F
  readonly outputs: { readonly [O in keyof Outputs]: Shape }
  readonly _?: { readonly spec: Spec; readonly outputs: Outputs; readonly phase: Phase }
}

/** Any kind, when its own types do not matter. */
export interface AnyKind {
  readonly kind: string
  readonly service: ServiceName
  readonly plural: string
  readonly summary: string
  readonly identity: Identity
  readonly joins?: readonly string[] | undefined
  readonly parent?: string | undefined
  readonly choose?: Choosing | undefined
  readonly verbs: readonly StandardVerb[]
  readonly verbNeeds?: Readonly<Partial<Record<StandardVerb, string>>> | undefined
  readonly actions: Readonly<Record<string, Action>>
  readonly phases: Readonly<Record<string, PhaseMeaning>>
  readonly fields: Readonly<Record<string, AnyField>>
  readonly outputs: Readonly<Record<string, Shape>>
}

/** Describes a kind; the compiler proves that every field of `Spec` is described with its own type and optionality. */
export const describeKind =
  <Spec, Outputs = NoOutputs, Phase extends string = 'Ready'>() =>
  <
    const Name extends string,
    const F extends FieldsOf<Spec>,
    const V extends readonly StandardVerb[],
    const VN extends Readonly<Partial<Record<StandardVerb, string>>> = Record<never, never>,
  >(
    kind: Omit<Kind<Name, Spec, Outputs, Phase, F>, '_' | 'verbs' | 'verbNeeds'> & { readonly verbs: V; readonly verbNeeds?: VN },
  ): Kind<Name, Spec, Outputs, Phase, F> & { readonly verbs: V; readonly verbNeeds?: VN } =>
    kind
