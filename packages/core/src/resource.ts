import type { Owner } from './owner.ts'
import type { CloudWarning } from './warning.ts'

declare const idBrand: unique symbol

/** A provider-issued identifier, branded with its kind: the id of a network is not the id of a server. */
export type ResourceId<Kind extends string> = string & { readonly [idBrand]: Kind }

/** A text that is no id of a resource: a name typed by a person. */
export type PlainText = string & { readonly [idBrand]?: never }

/** Labels: short texts by name, for people and for filters. */
export type Labels = Readonly<Record<string, string>>

/** How a spec names a resource that may be chosen by what it must be: its id, its name, or a selector that core resolves once. */
export type Choice<Kind extends string, Selector> = ResourceId<Kind> | PlainText | Selector

/** Of a kind about which the cloud decides nothing. */
export type NoOutputs = Readonly<Record<never, never>>

/** What a resource is doing. */
export interface ResourceStatus<Phase extends string> {
  /** The portable word. */
  readonly phase: Phase
  /** The provider's own word, such as `SHELVED_OFFLOADED`. No mapping loses it. */
  readonly providerState: string
}

/**
 * A resource as the cloud shows it. Plain data: it may be stored, compared and sent. `Spec` is what a create of this kind takes; nobody
 * pretends to know all of it of a resource that somebody else made, so `observed` holds each field as far as the cloud tells.
 */
export interface Resource<Kind extends string, Spec, Outputs = NoOutputs, Phase extends string = string> {
  readonly kind: Kind
  readonly id: ResourceId<Kind>
  readonly name: string
  readonly labels: Labels
  /** Who asked for it, if its create said so. */
  readonly owner?: Owner | undefined
  /** The idempotency key of its create, if the cloud kept it. */
  readonly key?: string | undefined
  readonly status: ResourceStatus<Phase>
  /** Every field of the spec, each as far as the cloud tells. Secrets are never among them. */
  readonly observed: Observed<Spec>
  /** What the cloud decided: addresses, device names, endpoints. */
  readonly outputs: Outputs
  readonly createdAt?: Date | undefined
  /** What worked and not quite as asked. */
  readonly warnings: readonly CloudWarning[]
  /** A digest of the spec of its create, if the cloud kept it: see `MutationOptions.key`. */
  readonly specDigest?: string | undefined
  /** The provider's own object, verbatim; narrow it with the driver's guard. Not enumerable: it reaches neither JSON nor a state. */
  readonly native?: unknown
}

/** The fields of a spec as a cloud shows them: choices are resolved to ids, and each may be missing. */
export type Observed<Spec> = { readonly [F in keyof Spec]?: ObservedValue<Exclude<Spec[F], undefined>> | undefined }
type ObservedValue<V> = [Extract<V, ResourceId<string>>] extends [never] ? V : Extract<V, ResourceId<string>>

/** Any resource, when its kind does not matter. */
export type AnyResource = Resource<string, object>
