/**
 * What a block of code that is no whole program may take for granted, by name: `<!-- with: cloud -->` before the block puts the text here
 * before its first line when it is type-checked.
 */
export const preludes = {
  /** An open cloud that can do everything, a server of it, and what most blocks call. */
  cloud: `
import { composeCloud, interceptCloud, isCloudError, openCloud, secret, supports, unwrap, waitFor } from '@hanse/core'
import type { Capability, Cloud, CloudError, CloudWith, Portable, Presets, ServerResource } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { err, errAsync, ok, okAsync, ResultAsync, safeTry } from 'neverthrow'
declare const cloud: CloudWith<Capability>
declare const web: ServerResource
declare const signal: AbortSignal
`,
  /** The builders of stacks, an open cloud, and how a stack is applied. */
  stack: `
import { openCloud, secret, unwrap } from '@hanse/core'
import type { Capability, CloudWith } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { all, apply, bucket, defineConfig, defineStack, destroy, directory, fileSet, fileStateStore, generateStateKey, keyPair, loadStateKeyFile, memoryStateStore, network, on, plan, router, routerInterface, securityGroup, securityGroupRule, server, subnet, texts, volume, volumeAttachment } from '@hanse/provisioning'
import type { ApplyOptions } from '@hanse/provisioning'
declare const cloud: CloudWith<Capability>
declare const options: ApplyOptions
`,
} as const satisfies Readonly<Record<string, string>>
