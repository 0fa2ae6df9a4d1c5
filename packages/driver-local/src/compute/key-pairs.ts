import { kinds } from '@hanse/core'
import type { KeyPairResource, KeyPairSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import { oneStep, oneStepPhases } from '../one-step.ts'
import { parseSshPublicKey } from './ssh-public-key.ts'

/** Key pairs. One may go while servers were made with it: they have the key. */
export const keyPairs = (cloud: LocalCloud): LocalKind<KeyPairSpec, KeyPairResource> =>
  localKind<KeyPairSpec, KeyPairResource>(cloud, {
    kind: kinds.keyPair,
    fields: ['name', 'publicKey'],
    uniqueName: 'everywhere',
    transitions: oneStep,
    phases: oneStepPhases,
    decide: (_, __, { publicKey }) => {
      const key = parseSshPublicKey(publicKey)
      if (typeof key === 'string') throw refuse('InvalidArgument', `publicKey: ${key}`, { path: ['publicKey'] })
      return { fingerprint: key.fingerprint }
    },
  })
