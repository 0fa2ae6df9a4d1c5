import type { Choice, Labels, Resource, ResourceId } from '../resource.ts'
import type { Secret } from '../secret.ts'
import type { NativeExtras } from '../native.ts'
import type { SecurityGroupId } from '../network/security-group.ts'
import type { SubnetId } from '../network/subnet.ts'
import type { ImageSelector } from './image.ts'
import type { KeyPairId } from './key-pair.ts'
import type { ServerGroupId } from './server-group.ts'
import type { SizeChoice } from './server-size.ts'

/** The id of a server. */
export type ServerId = ResourceId<'server'>

/** What a new server is asked to be. Everything here may be stored; how the call is made stands in its options. */
export interface ServerSpec {
  readonly name: string
  /** What it boots from: an image's id or name, or what the image must be. */
  readonly image: Choice<'image', ImageSelector>
  /** How large it is: a size's id or name, or what it must at least have. The chosen size is never smaller than asked. */
  readonly size: SizeChoice
  /** The subnets that it joins, each with one address. */
  readonly subnets?: readonly SubnetId[] | undefined
  readonly securityGroups?: readonly SecurityGroupId[] | undefined
  /** Whose public key may log in. */
  readonly keyPair?: KeyPairId | undefined
  /** The group whose placement policy it follows. */
  readonly group?: ServerGroupId | undefined
  /** The availability zone by name. */
  readonly zone?: string | undefined
  /** What cloud-init reads at first boot. It can hold passwords, so nothing shows it. */
  readonly userData?: string | Secret<string> | undefined
  readonly labels?: Labels | undefined
  /** Extras for one provider, made by that driver's own function. */
  readonly native?: NativeExtras | undefined
}

/** What `update` takes. A new size is `resize`. */
export type ServerChanges = Partial<Pick<ServerSpec, 'name' | 'labels' | 'securityGroups'>>

/** What a server may be doing. */
export type ServerPhase = 'Provisioning' | 'Running' | 'Updating' | 'Stopping' | 'Stopped' | 'Deleting' | 'Failed' | 'Unknown'

/** What the cloud decided about a server. */
export interface ServerOutputs {
  /** One for each subnet that it joined, in the cloud's order. */
  readonly addresses: readonly string[]
}

/** A server as the cloud shows it. */
export type ServerResource = Resource<'server', ServerSpec, ServerOutputs, ServerPhase>
