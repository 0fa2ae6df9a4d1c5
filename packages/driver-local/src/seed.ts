import type { LocalDocument } from './local-kind.ts'
import { Records } from './store/records.ts'
import type { Store } from './store/store.ts'

/** A few of the sizes that SCS makes mandatory (scs-0100, scs-0103), with their names. */
const sizes = [
  { name: 'SCS-1V-1', vcpus: 1, memoryGiB: 1 },
  { name: 'SCS-1V-2', vcpus: 1, memoryGiB: 2 },
  { name: 'SCS-1V-4', vcpus: 1, memoryGiB: 4 },
  { name: 'SCS-2V-4', vcpus: 2, memoryGiB: 4 },
  { name: 'SCS-2V-8', vcpus: 2, memoryGiB: 8 },
  { name: 'SCS-4V-8', vcpus: 4, memoryGiB: 8 },
  { name: 'SCS-4V-16', vcpus: 4, memoryGiB: 16 },
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

/** Puts into a new cloud what its operator would: sizes and public images. A cloud that has them is left as it is. */
export async function seed(store: Store): Promise<void> {
  const serverSizes = new Records<LocalDocument>('serverSize')
  if (store.read((tx) => serverSizes.count(tx)) > 0) return
  store.write((tx) => {
    if (serverSizes.count(tx) > 0) return // Another process was faster.
    const state = { phase: 'READY', pending: [] }
    for (const { name, ...size } of sizes)
      serverSizes.insert(tx, { id: name, name, state, document: { spec: { ...size, architecture: 'x86_64' }, outputs: {} } })
    for (const { name, ...image } of images)
      new Records<LocalDocument>('image').insert(tx, { id: name, name, state, document: { spec: { ...image, architecture: 'x86_64', format: 'raw' }, outputs: {} } })
  })
}
