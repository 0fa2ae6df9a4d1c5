import { kinds } from '@hanse/core'
import type { NetworkId, NetworkResource, NetworkSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { recordsOf } from '../local-document.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import type { ReadTransaction } from '../store/transaction.ts'
import { simulatedLife, simulatedPhases } from './simulated-life.ts'

/** Networks. One with subnets is in use: each subnet refers to it. The one that leads outside belongs to the operator. */
export const networks = (cloud: LocalCloud): LocalKind<NetworkSpec, NetworkResource> =>
  localKind<NetworkSpec, NetworkResource>(cloud, {
    kind: kinds.network,
    fields: ['name', 'labels'],
    transitions: simulatedLife,
    phases: simulatedPhases,
    decide: () => ({ external: false }),
  })

/** Refuses a network that does not lead outside. */
export function refuseInternal(tx: ReadTransaction, field: string, network: NetworkId | undefined): void {
  if (network === undefined || recordsOf('network').get(tx, network)?.document.outputs.external === true) return
  const external = recordsOf('network')
    .page(tx, { limit: 1000 })
    .records.filter(({ document }) => document.outputs.external)
  const hint = external.map(({ name, id }) => `${name} (${id})`).join(', ')
  throw refuse('InvalidArgument', `${field}: network ${network} does not lead outside; ${hint || 'no network'} does`, { path: [field] })
}
