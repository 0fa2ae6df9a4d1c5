import { kinds } from '@hanse/core'
import type { ImageResource, ImageSpec, ServerId, ServerResource, ServerSpec } from '@hanse/core'
import { refuse } from '@hanse/core/driver'
import type { DriverKinds, Resolved } from '@hanse/core/driver'
import type { LocalCloud } from '../local-cloud.ts'
import { recordsOf } from '../local-document.ts'
import { localKind } from '../local-kind.ts'
import type { LocalKind } from '../local-kind.ts'
import { refuseBeyondQuota } from '../location/quota-limits.ts'
import { dropMember } from '../network/load-balancers.ts'
import { takeAddress } from '../network/subnets.ts'
import { isLeaving } from '../store/transitions.ts'
import type { TransitionTable } from '../store/transitions.ts'
import type { ReadTransaction } from '../store/transaction.ts'
import { readyImage } from './images.ts'
import { consoleOf } from './server-console.ts'
import type { ServerEvent } from './server-console.ts'
import { remembering } from './server-facts.ts'
import type { ServerFacts } from './server-facts.ts'
import { refuseUnfit, zoneFor } from './server-placement.ts'
import { sizeOf } from './server-sizes.ts'

/** Nova's words, with the truth beside them: nothing runs here. */
const transitions: TransitionTable<'create' | 'start' | 'stop' | 'reboot' | 'resize' | 'resizeStopped' | 'delete'> = {
  create: { from: [], steps: ['BUILD', 'ACTIVE (simulated)'] },
  start: { from: ['SHUTOFF'], done: ['ACTIVE (simulated)', 'POWERING_ON'], steps: ['POWERING_ON', 'ACTIVE (simulated)'] },
  stop: { from: ['ACTIVE (simulated)'], done: ['SHUTOFF', 'POWERING_OFF'], steps: ['POWERING_OFF', 'SHUTOFF'] },
  reboot: { from: ['ACTIVE (simulated)'], steps: ['REBOOT', 'ACTIVE (simulated)'] },
  resize: { from: ['ACTIVE (simulated)'], steps: ['RESIZE', 'ACTIVE (simulated)'] },
  resizeStopped: { from: ['SHUTOFF'], steps: ['RESIZE', 'SHUTOFF'] },
  delete: { from: 'any', steps: ['DELETING', null] },
}

const phases = {
  BUILD: 'Provisioning',
  'ACTIVE (simulated)': 'Running',
  POWERING_ON: 'Provisioning',
  POWERING_OFF: 'Stopping',
  SHUTOFF: 'Stopped',
  REBOOT: 'Updating',
  RESIZE: 'Updating',
  DELETING: 'Deleting',
} as const

type Methods = DriverKinds<'server' | 'server.resize' | 'server.snapshot' | 'server.console'>['server']

/** Servers: simulated, with real addresses, disks, quotas and life. Deleting one frees what was led or attached to it. */
export function servers(cloud: LocalCloud, images: LocalKind<ImageSpec, ImageResource>): Methods {
  const { store, delayMs, quotas } = cloud
  const kind = localKind<ServerSpec, ServerResource, ServerFacts>(cloud, {
    kind: kinds.server,
    fields: ['name', 'image', 'size', 'subnets', 'securityGroups', 'keyPair', 'group', 'zone', 'userData', 'labels'],
    // A server has the key that was let in; its pair may go.
    loose: ['keyPair'],
    transitions,
    phases,
    complete: (tx, spec) => ({ ...spec, zone: spec.zone ?? zoneFor(tx, spec) }),
    refuse: (tx, spec, before) => {
      if (before === undefined) refuseUnfit(tx, spec)
    },
    usage: (tx, { size }) => usageOf(tx, size),
    remember: (tx, spec) => ({ ...factsOf(tx, spec), events: [eventOf(tx, 'create')] }),
    decide: (tx, record, { subnets = [] }) => {
      if (record.document.facts !== undefined) store.bytes.use(tx, record.document.facts.disk, record)
      return { addresses: subnets.map((subnet) => takeAddress(tx, subnet, record)) }
    },
    leave: (tx, { id }) => dropMember(tx, id),
    takesAlong: { floatingIpAssociation: 'server', volumeAttachment: 'server' },
  })

  const eventOf = (tx: ReadTransaction, action: ServerEvent['action'], detail?: string): ServerEvent => ({
    action,
    detail,
    at: tx.now,
    until: tx.now + delayMs,
  })

  const acting = (action: 'start' | 'stop' | 'reboot') => (id: ServerId) =>
    kind.act(id, action, (tx, { document }) => kind.records.update(tx, id, { document: remembering(document, eventOf(tx, action)) }))

  return {
    ...kind,
    start: acting('start'),
    stop: acting('stop'),
    reboot: acting('reboot'),
    resize: (id, size) =>
      kind.act(
        id,
        ({ phase }) => (phase === 'SHUTOFF' ? 'resizeStopped' : 'resize'),
        (tx, { document, usage }) => {
          const [before, after] = [sizeOf(tx, document.spec.size), sizeOf(tx, size)]
          if (document.spec.size === size) throw refuse('FailedPrecondition', `server ${id} has the size ${size} already`, { actual: size })
          if ((after.diskGiB ?? 0) < (before.diskGiB ?? 0))
            throw refuse('FailedPrecondition', `size: a disk cannot shrink, and that of ${size} has ${after.diskGiB ?? 0} GiB`, {
              actual: `${before.diskGiB} GiB`,
            })
          refuseBeyondQuota(tx, quotas, kinds.server, usageOf(tx, size), usage)
          const resized = { ...document, spec: { ...document.spec, size } }
          kind.records.update(tx, id, { usage: usageOf(tx, size), document: remembering(resized, eventOf(tx, 'resize', size)) })
        },
      ),
    // Nothing has written to the disk: it is what the image was, byte by byte, and is stored once.
    snapshot: async (id, name, { mark }) =>
      store.write((tx) => {
        const twin = images.records.byKey(tx, mark.key)
        if (twin !== undefined) return images.resourceOf(twin)
        const record = kind.known(tx, id)
        const disk = record.document.facts?.disk
        if (isLeaving(record) || record.phase === 'BUILD' || disk === undefined)
          throw refuse('FailedPrecondition', `server ${id} is ${record.phase}`, {
            expected: 'ACTIVE (simulated) or SHUTOFF',
            actual: record.phase,
          })
        const image = images.make(tx, { ...disk.image, name }, mark, {
          action: 'snapshot',
          usage: { imageBytes: disk.sizeBytes },
          decide: (_, made) => {
            store.bytes.use(tx, disk, made)
            return { digest: disk.digest, sizeBytes: disk.sizeBytes }
          },
        })
        kind.records.update(tx, id, { document: remembering(record.document, eventOf(tx, 'snapshot', `${name} (${image.id})`)) })
        return image
      }),
    console: async (id, { lines }) =>
      store.read((tx) => {
        const { name, document } = kind.known(tx, id)
        if (document.facts === undefined) return ''
        const { disk, ...told } = document.facts
        // A server does not know of the floating IPs that are led to it.
        const addresses = document.outputs.addresses.slice(0, document.spec.subnets?.length ?? 0)
        return consoleOf({ ...told, name, image: disk.imageName, size: document.spec.size, addresses }, tx.now, lines)
      }),
  }
}

const usageOf = (tx: ReadTransaction, size: string): Readonly<Record<string, number>> => {
  const { vcpus, memoryGiB } = sizeOf(tx, size)
  return { vcpus, memoryGiB }
}

function factsOf(tx: ReadTransaction, { image, keyPair, userData }: Resolved<ServerSpec>): Omit<ServerFacts, 'events'> {
  const { name, document } = readyImage(tx, image)
  const { digest = '', sizeBytes = 0 } = document.outputs
  return {
    disk: { digest, sizeBytes, imageName: name, image: document.spec },
    userDataBytes: userData === undefined ? undefined : new TextEncoder().encode(String(userData.reveal())).length,
    keyFingerprint: keyPair === undefined ? undefined : recordsOf('keyPair').get(tx, keyPair)?.document.outputs.fingerprint,
  }
}
