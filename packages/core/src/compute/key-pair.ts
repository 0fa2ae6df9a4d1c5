import type { Resource, ResourceId } from '../resource.ts'

/** The id of a key pair. */
export type KeyPairId = ResourceId<'keyPair'>

/** A public key that servers let in. The private half is made where it is used and never sent. */
export interface KeyPairSpec {
  readonly name: string
  /** One line in OpenSSH's format (RFC 4253, section 6.6): `ssh-ed25519 AAAA… comment`. */
  readonly publicKey: string
}

/** What the cloud says of a key pair. */
export interface KeyPairOutputs {
  /** As the provider computes it: MD5 on OpenStack, SHA-256 elsewhere. */
  readonly fingerprint: string
}

/** A key pair as the cloud shows it. */
export type KeyPairResource = Resource<'keyPair', KeyPairSpec, KeyPairOutputs, 'Ready'>
