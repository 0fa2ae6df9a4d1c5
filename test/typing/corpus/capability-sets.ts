import type { Capability } from '@hanse/core'
import { always } from '../../../packages/driver-local/src/capabilities.ts'

/** What clouds are like: all that the embedded cloud has, and parts of it. Every program is compiled and run on each. */
export const capabilitySets = {
  everything: always,
  /** Every kind, and no verb or field that not every backend has. */
  plain: always.filter((capability): capability is Exclude<(typeof always)[number], `${string}.${string}`> => !capability.includes('.')),
  /** What a small host of virtual machines has. */
  hosting: ['server', 'serverSize', 'image', 'network', 'subnet', 'volume', 'volumeAttachment', 'bucket', 'object'],
  compute: [
    'server',
    'server.resize',
    'server.snapshot',
    'server.console',
    'serverSize',
    'image',
    'image.import',
    'serverGroup',
    'keyPair',
  ],
  network: ['network', 'subnet', 'subnet.ipv6', 'router', 'routerInterface', 'loadBalancer', 'dnsZone', 'dnsRecord', 'floatingIp'],
  /** An object store with conditions, as most have. */
  objects: ['bucket', 'object', 'object.conditional'],
} as const satisfies Readonly<Record<string, readonly Capability[]>>

export type CapabilitySet = keyof typeof capabilitySets
