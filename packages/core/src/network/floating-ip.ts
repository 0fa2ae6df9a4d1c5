import type { Labels, Resource, ResourceId, NoOutputs } from '../resource.ts'
import type { ServerId } from '../compute/server.ts'
import type { NetworkId } from './network.ts'
import type { PortId } from './port.ts'

/** The id of a floating IP. */
export type FloatingIpId = ResourceId<'floatingIp'>

/** The id of an association of a floating IP. */
export type FloatingIpAssociationId = ResourceId<'floatingIpAssociation'>

/** A public address that belongs to the account and can be moved between servers (AWS: Elastic IP). */
export interface FloatingIpSpec {
  /** The external network whose pool it comes from; the cloud's only one when left out. */
  readonly network?: NetworkId | undefined
  readonly labels?: Labels | undefined
}

/** What the cloud decided about a floating IP. */
export interface FloatingIpOutputs {
  readonly address: string
}

/** A floating IP as the cloud shows it. */
export type FloatingIpResource = Resource<'floatingIp', FloatingIpSpec, FloatingIpOutputs, 'Ready' | 'Pending' | 'Failed'>

/** Leads a floating IP to a server or to one of its ports; exactly one of the two is given. */
export interface FloatingIpAssociationSpec {
  readonly floatingIp: FloatingIpId
  readonly server?: ServerId | undefined
  readonly port?: PortId | undefined
}

/** An association of a floating IP as the cloud shows it. */
export type FloatingIpAssociationResource = Resource<'floatingIpAssociation', FloatingIpAssociationSpec, NoOutputs, 'Ready' | 'Pending'>
