import { kinds } from '@hanse/core'
import type { ServerGroupResource, ServerGroupSpec } from '@hanse/core'
import type { LocalCloud } from '../local-cloud.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import { oneStep, oneStepPhases } from '../one-step.ts'

/** Server groups. One with servers in it is in use: each server refers to it. */
export const serverGroups = (cloud: LocalCloud): LocalKind<ServerGroupSpec, ServerGroupResource> =>
  localKind<ServerGroupSpec, ServerGroupResource>(cloud, {
    kind: kinds.serverGroup,
    fields: ['name', 'policy'],
    uniqueName: 'everywhere',
    transitions: oneStep,
    phases: oneStepPhases,
  })
