import { BlockList, isIP } from 'node:net'
import type { AnyKind } from '@hanse/core'

/** Whether resources of a kind divide the addresses of their parent among them, as subnets do. */
export function takesRange(kind: AnyKind): boolean {
  const shape = kind.fields['cidr']?.shape
  return kind.parent !== undefined && shape?.type === 'text' && shape.format === 'cidr' && kind.fields['cidr']?.optional === false
}

/** Whether two ranges in CIDR notation share an address; what is no range overlaps nothing. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [parse(one), parse(other)]
  if (a === undefined || b === undefined || a.family !== b.family) return false
  const [larger, smaller] = a.length <= b.length ? [a, b] : [b, a]
  const list = new BlockList()
  list.addSubnet(larger.address, larger.length, larger.family)
  return list.check(smaller.address, smaller.family)
}

/** The pairs that overlap among ranges of one parent, each with the first that it overlaps. */
export function overlapping<T extends { readonly cidr: string }>(ranges: readonly T[]): readonly (readonly [T, T])[] {
  const pairs: (readonly [T, T])[] = []
  const taken = new BlockList()
  const before: T[] = []
  // The larger comes first: a range then overlaps another if and only if its first address lies within.
  const sorted = ranges.flatMap((range) => {
    const parsed = parse(range.cidr)
    return parsed === undefined ? [] : [{ range, parsed }]
  })
  sorted.sort((a, b) => a.parsed.length - b.parsed.length)
  for (const { range, parsed } of sorted) {
    if (taken.check(parsed.address, parsed.family)) {
      const other = before.find((earlier) => overlap(earlier.cidr, range.cidr))
      if (other !== undefined) pairs.push([other, range])
    }
    taken.addSubnet(parsed.address, parsed.length, parsed.family)
    before.push(range)
  }
  return pairs
}

interface Parsed {
  readonly address: string
  readonly length: number
  readonly family: 'ipv4' | 'ipv6'
}

/** The check of the spec has said what is wrong with the notation; here it is only passed over. */
function parse(cidr: string): Parsed | undefined {
  const [address = '', bits = ''] = cidr.split('/')
  const version = isIP(address)
  const length = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN
  if (version === 0 || !(length <= (version === 4 ? 32 : 128))) return undefined
  return { address, length, family: version === 4 ? 'ipv4' : 'ipv6' }
}
