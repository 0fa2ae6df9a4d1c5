import type { KindName } from '@hanse/core'
import type { DocumentOf } from './local-document.ts'
import { recordsOf } from './local-document.ts'
import { operated } from './location/quota-limits.ts'
import { createAddressPool } from './store/address-pool.ts'
import type { StoredBytes } from './store/bytes.ts'
import type { Reference, StoredRecord } from './store/record.ts'
import type { Store } from './store/store.ts'
import type { WriteTransaction } from './store/transaction.ts'

/** Sizes that SCS makes mandatory (scs-0103), with their names; an `s` at the end is a local disk. */
const sizes = [
  { name: 'SCS-1V-1', vcpus: 1, memoryGiB: 1 },
  { name: 'SCS-1V-2', vcpus: 1, memoryGiB: 2 },
  { name: 'SCS-1V-4', vcpus: 1, memoryGiB: 4 },
  { name: 'SCS-2V-4', vcpus: 2, memoryGiB: 4 },
  { name: 'SCS-2V-4-20s', vcpus: 2, memoryGiB: 4, diskGiB: 20 },
  { name: 'SCS-2V-8', vcpus: 2, memoryGiB: 8 },
  { name: 'SCS-4V-8', vcpus: 4, memoryGiB: 8 },
  { name: 'SCS-4V-16', vcpus: 4, memoryGiB: 16 },
  { name: 'SCS-4V-16-100s', vcpus: 4, memoryGiB: 16, diskGiB: 100 },
  { name: 'SCS-8V-16', vcpus: 8, memoryGiB: 16 },
  { name: 'SCS-8V-32', vcpus: 8, memoryGiB: 32 },
  { name: 'SCS-16V-64', vcpus: 16, memoryGiB: 64 },
]

const images = [
  { name: 'debian-13', os: 'debian', version: '13' },
  { name: 'debian-12', os: 'debian', version: '12' },
  { name: 'ubuntu-24.04', os: 'ubuntu', version: '24.04' },
  { name: 'alpine-3.22', os: 'alpine', version: '3.22' },
]

const region = 'local'
const zones = ['local-a', 'local-b', 'local-c']

/** The network outside, with a range that is for documentation (RFC 5737) and so reaches nobody. */
const outside = { network: 'public', subnet: 'public-ipv4', cidr: '203.0.113.0/24', gateway: '203.0.113.1' }

/** Puts into a new cloud what its operator would: places, sizes, public images, the network outside. A cloud that has them is left as it is. */
export async function seed(store: Store): Promise<void> {
  const isSeeded = () => store.read((tx) => recordsOf('serverSize').count(tx) > 0)
  if (isSeeded()) return
  // Bytes that say what they are: whoever exports one is not misled.
  const disks = await Promise.all(
    images.map(({ name }) =>
      store.bytes.put(saying(`This is the image ${name} of an embedded cloud. Servers here are simulated: it boots nothing.\n`)),
    ),
  )
  store.write((tx) => {
    if (recordsOf('serverSize').count(tx) > 0) {
      // Another process was faster.
      for (const disk of disks) store.bytes.drop(tx, disk)
      return
    }
    add(tx, 'region', region, { spec: {}, outputs: {} })
    for (const zone of zones) add(tx, 'zone', zone, { spec: { region }, outputs: {} })
    for (const { name, ...size } of sizes) add(tx, 'serverSize', name, { spec: { ...size, architecture: 'x86_64' }, outputs: {} })
    images.forEach(({ name, ...image }, index) => addImage(tx, store, name, image, disks[index]))
    const { network, subnet, cidr, gateway } = outside
    add(tx, 'network', network, { spec: {}, outputs: { external: true } }, { phase: 'ACTIVE (simulated)' })
    // The id of a network is what its record is called.
    const spec = { network: network as DocumentOf<'subnet'>['spec']['network'], cidr, gateway }
    const references = [{ field: 'network', kind: 'network', id: network }]
    const record = add(
      tx,
      'subnet',
      subnet,
      { spec, outputs: { cidr, gateway } },
      { phase: 'ACTIVE (simulated)', parent: network, references },
    )
    createAddressPool(tx, { pool: `subnet/${subnet}`, cidr, reserved: [gateway], holder: record })
  })
}

function addImage(
  tx: WriteTransaction,
  store: Store,
  name: string,
  image: { readonly os: string; readonly version: string },
  disk: StoredBytes | undefined,
): void {
  if (disk === undefined) return
  const spec = { ...image, architecture: 'x86_64', format: 'raw' } as const
  const record = add(tx, 'image', name, { spec, outputs: { digest: disk.digest, sizeBytes: disk.size } }, { phase: 'active' })
  store.bytes.use(tx, disk, record)
}

interface Additions {
  readonly phase?: string
  readonly parent?: string
  readonly references?: readonly Reference[]
}

/** Adds something of the operator's: its id is its name. */
function add<K extends KindName>(
  tx: WriteTransaction,
  kind: K,
  id: string,
  document: Omit<DocumentOf<K>, 'operated'>,
  { phase = 'ACTIVE', ...more }: Additions = {},
): StoredRecord {
  return recordsOf(kind).insert(tx, {
    id,
    name: id,
    state: { phase, pending: [] },
    usage: { [operated]: 1 },
    document: { ...document, operated: true },
    ...more,
  })
}

async function* saying(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}
