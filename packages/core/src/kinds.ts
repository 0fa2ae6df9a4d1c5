import { image, keyPair, server, serverGroup, serverSize } from './compute/compute-kinds.ts'
import type { AnyKind } from './kind/kind.ts'
import { quota, region, zone } from './location/location-kinds.ts'
import {
  dnsRecord,
  dnsZone,
  floatingIp,
  floatingIpAssociation,
  loadBalancer,
  network,
  port,
  router,
  routerInterface,
  securityGroup,
  securityGroupRule,
  subnet,
} from './network/network-kinds.ts'
import { artifact, blob, manifest, repository, tag } from './registry/registry-kinds.ts'
import { bucket, objectKind, volume, volumeAttachment, volumeBackup, volumeSnapshot } from './storage/storage-kinds.ts'

/** The one list of kinds. Checks, services, stacks, flags, schemas, pages and the kit read it; nothing else names them all. */
export const kinds = {
  region,
  zone,
  quota,
  server,
  serverSize,
  image,
  keyPair,
  serverGroup,
  volume,
  volumeAttachment,
  volumeSnapshot,
  volumeBackup,
  bucket,
  object: objectKind,
  network,
  subnet,
  router,
  routerInterface,
  securityGroup,
  securityGroupRule,
  floatingIp,
  floatingIpAssociation,
  loadBalancer,
  dnsZone,
  dnsRecord,
  port,
  repository,
  tag,
  manifest,
  blob,
  artifact,
} as const satisfies Readonly<Record<string, AnyKind>>

/** The kinds by name, with their types. */
export type Kinds = typeof kinds

/** The name of a kind. */
export type KindName = keyof Kinds
