import fc from 'fast-check'
import { bucket, network, server, subnet, volume, volumeAttachment } from '../index.ts'
import type { AnyWanted, Group, Output } from '../index.ts'
import { defineStack } from '../stack/stack.ts'

/** A stack as data: what stands under each of a few addresses, if anything does. Any two of them are an edit from one to the other. */
export interface RandomStack {
  readonly networks: readonly (RandomNetwork | undefined)[]
  readonly subnets: readonly (RandomSubnet | undefined)[]
  readonly servers: readonly (RandomServer | undefined)[]
  readonly buckets: readonly (RandomBucket | undefined)[]
  readonly volumes: readonly (RandomVolume | undefined)[]
  /** Addresses of the first network and bucket, so that a resource may be listed under another name. */
  readonly renamed: boolean
}

interface RandomNetwork {
  readonly label: string | undefined
  readonly name: string | undefined
}
interface RandomSubnet {
  readonly network: number
  readonly range: number
  readonly label: string | undefined
}
interface RandomServer {
  readonly subnets: readonly number[]
  readonly vcpus: number
  readonly os: string
  /** The server whose address it is told. */
  readonly upstream: number | undefined
  readonly label: string | undefined
}
interface RandomBucket {
  readonly isNamed: boolean
  readonly label: string | undefined
}

interface RandomVolume {
  readonly sizeGiB: number
  /** The server that it is attached to. */
  readonly server: number | undefined
}

const label = fc.option(fc.constantFrom('red', 'green'), { nil: undefined })
const some = <T>(one: fc.Arbitrary<T>, count: number): fc.Arbitrary<readonly (T | undefined)[]> =>
  fc.array(fc.option(one, { nil: undefined, freq: 3 }), { minLength: count, maxLength: count })

/** Any stack of at most 17 resources over six kinds. */
export const randomStack: fc.Arbitrary<RandomStack> = fc.record({
  networks: some(fc.record({ label, name: fc.option(fc.constantFrom('net-one', 'net-two'), { nil: undefined }) }), 2),
  subnets: some(fc.record({ network: fc.nat(1), range: fc.nat(2), label }), 4),
  servers: some(
    fc.record({
      subnets: fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
      vcpus: fc.constantFrom(1, 2, 4),
      os: fc.constantFrom('debian', 'ubuntu'),
      upstream: fc.option(fc.nat(3), { nil: undefined }),
      label,
    }),
    4,
  ),
  buckets: some(fc.record({ isNamed: fc.boolean(), label }), 3),
  volumes: some(fc.record({ sizeGiB: fc.integer({ min: 1, max: 3 }), server: fc.option(fc.nat(3), { nil: undefined }) }), 2),
  renamed: fc.boolean(),
})

/** Writes the stack as a program does. What would be wrong with it is left out, so that every one of them is sound. */
export function programOf(random: RandomStack) {
  const members: Record<string, AnyWanted> = {}
  const place = (kind: string, index: number): string => (random.renamed && index === 0 ? `other_${kind}` : `${kind}${index}`)

  const networks = random.networks.map((one) => one && network({ name: one.name, labels: labelsOf(one.label) }))
  networks.forEach((one, index) => one && (members[place('net', index)] = one))

  const taken = new Set<string>()
  const subnets = random.subnets.map((one) => {
    const parent = one && networks[one.network]
    if (one === undefined || parent === undefined || taken.has(`${one.network}/${one.range}`)) return undefined
    taken.add(`${one.network}/${one.range}`)
    return subnet({ network: parent, cidr: `10.0.${one.range}.0/24`, labels: labelsOf(one.label) })
  })
  subnets.forEach((one, index) => one && (members[place('sub', index)] = one))

  const servers: (ReturnType<typeof serverOf> | undefined)[] = []
  random.servers.forEach((one, index) => {
    const upstream = one?.upstream === undefined || one.upstream >= index ? undefined : servers[one.upstream]
    servers[index] = one && serverOf(one, upstream)
    if (servers[index] !== undefined) members[`srv${index}`] = servers[index]
  })
  function serverOf(one: RandomServer, upstream: { readonly outputs: { readonly addresses: Output<readonly string[]> } } | undefined) {
    return server({
      image: { os: one.os },
      size: { vcpus: one.vcpus },
      subnets: one.subnets.flatMap((index) => subnets[index] ?? []),
      labels: {
        ...labelsOf(one.label),
        ...(upstream && { upstream: upstream.outputs.addresses.map((addresses) => addresses[0] ?? 'none') }),
      },
    })
  }

  random.buckets.forEach((one, index) => {
    if (one === undefined) return
    members[place('files', index)] = bucket({ name: one.isNamed ? `files-number-${index}` : undefined, labels: labelsOf(one.label) })
  })
  random.volumes.forEach((one, index) => {
    if (one === undefined) return
    const data = volume({ sizeGiB: one.sizeGiB })
    members[place('data', index)] = data
    const to = one.server === undefined ? undefined : servers[one.server]
    if (to !== undefined) members[`disk${index}`] = volumeAttachment({ volume: data, server: to })
  })
  return defineStack('random', members as Group)
}

const labelsOf = (label: string | undefined): Readonly<Record<string, string>> => (label === undefined ? {} : { color: label })
