import { kinds } from '@hanse/core'
import type { NetworkId, RouterInterfaceResource, RouterInterfaceSpec, RouterResource, RouterSpec, SubnetId } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { recordsOf } from '../local-document.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import { holderOfAddress, releaseAddress } from '../store/address-pool.ts'
import type { Holder } from '../store/allocator.ts'
import { overlaps } from '../store/addresses.ts'
import { referrersOf } from '../store/references.ts'
import { nameOf } from '../store/refusal.ts'
import type { ReadTransaction, WriteTransaction } from '../store/transaction.ts'
import { refuseInternal } from './networks.ts'
import { simulatedLife, simulatedPhases } from './simulated-life.ts'
import { refuseOperated, subnetOf, takeAddress } from './subnets.ts'

/** Routers. One that leads outside has an address there. */
export const routers = (cloud: LocalCloud): LocalKind<RouterSpec, RouterResource> =>
  localKind<RouterSpec, RouterResource>(cloud, {
    kind: kinds.router,
    fields: ['name', 'externalNetwork', 'labels'],
    transitions: simulatedLife,
    phases: simulatedPhases,
    refuse: (tx, { externalNetwork }, before) => {
      refuseInternal(tx, 'externalNetwork', externalNetwork)
      if (before === undefined || before.document.spec.externalNetwork === externalNetwork) return
      const led = interfacesOf(tx, before.id).flatMap((id) =>
        referrersOf(tx, { kind: 'routerInterface', id }, { by: 'floatingIpAssociation', limit: 1 }),
      )
      if (led[0] !== undefined)
        throw refuse('FailedPrecondition', `router ${before.id}: floating IPs are led through it by ${nameOf(led[0])}`, {})
    },
    decide: (tx, record, { externalNetwork }) => outside(tx, record, externalNetwork),
    decideAgain: (tx, before, { externalNetwork }) => {
      const { spec, outputs } = before.document
      if (spec.externalNetwork === externalNetwork) return outputs
      if (spec.externalNetwork !== undefined && outputs.externalAddress !== undefined)
        for (const subnet of subnetsOf(tx, spec.externalNetwork)) releaseAddress(tx, `subnet/${subnet}`, outputs.externalAddress)
      return outside(tx, before, externalNetwork)
    },
  })

/** Router interfaces. Each takes the gateway's address of its subnet, so a subnet has one at most. */
export const routerInterfaces = (cloud: LocalCloud): LocalKind<RouterInterfaceSpec, RouterInterfaceResource> =>
  localKind<RouterInterfaceSpec, RouterInterfaceResource>(cloud, {
    kind: kinds.routerInterface,
    fields: ['router', 'subnet'],
    transitions: simulatedLife,
    phases: simulatedPhases,
    refuse: (tx, { router, subnet }) => {
      refuseOperated(tx, 'subnet', [subnet])
      const { cidr } = subnetOf(tx, subnet).document.spec
      for (const id of interfacesOf(tx, router)) {
        const other = subnetOf(tx, recordsOf('routerInterface').get(tx, id)?.document.spec.subnet ?? subnet)
        if (overlaps(other.document.spec.cidr, cidr))
          throw refuse(
            'FailedPrecondition',
            `router ${router} cannot tell ${cidr} from ${other.document.spec.cidr} of subnet ${other.name} (${other.id})`,
            {
              actual: other.document.spec.cidr,
            },
          )
      }
    },
    decide: (tx, record, { subnet }) => {
      takeAddress(tx, subnet, record, subnetOf(tx, subnet).document.outputs.gateway)
      return {}
    },
  })

/** The interface through which a subnet reaches a network outside: who holds the gateway's address, if its router leads there. */
export function wayOutside(tx: ReadTransaction, subnet: SubnetId, network: NetworkId): string | undefined {
  const { gateway } = subnetOf(tx, subnet).document.outputs
  const holder = gateway === undefined ? undefined : holderOfAddress(tx, `subnet/${subnet}`, gateway)
  if (holder?.kind !== 'routerInterface') return undefined
  const router = recordsOf('routerInterface').get(tx, holder.id)?.document.spec.router
  const leadsTo = router === undefined ? undefined : recordsOf('router').get(tx, router)?.document.spec.externalNetwork
  return leadsTo === network ? holder.id : undefined
}

/** Takes an address of a network outside. */
export function takeOutside(tx: WriteTransaction, network: NetworkId, holder: Holder): string {
  const [subnet] = subnetsOf(tx, network)
  if (subnet === undefined) throw refuse('FailedPrecondition', `network ${network} has no addresses to give: it has no subnet`, {})
  return takeAddress(tx, subnet, holder)
}

const outside = (tx: WriteTransaction, holder: Holder, network: NetworkId | undefined): RouterResource['outputs'] =>
  network === undefined ? {} : { externalAddress: takeOutside(tx, network, holder) }

const subnetsOf = (tx: ReadTransaction, network: NetworkId): readonly string[] =>
  recordsOf('subnet')
    .page(tx, { parent: network, limit: 100 })
    .records.map(({ id }) => id)

const interfacesOf = (tx: ReadTransaction, router: string): readonly string[] =>
  recordsOf('routerInterface')
    .page(tx, { parent: router, limit: 1000 })
    .records.map(({ id }) => id)
