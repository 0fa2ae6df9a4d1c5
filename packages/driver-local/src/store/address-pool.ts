import { formatAddress, hostsOf, parseAddress, parseCidr } from './addresses.ts'
import type { AddressVersion } from './addresses.ts'
import { allocate, createPool, holderOf, release } from './allocator.ts'
import type { Holder, NumberRange } from './allocator.ts'
import { StoreRefusal } from './refusal.ts'
import type { RecordName } from './refusal.ts'
import type { WriteTransaction } from './transaction.ts'

/** How the addresses of a subnet are given out. */
export interface AddressPoolDefinition {
  /** The name of the pool: `subnet/<id>`. */
  readonly pool: string
  readonly cidr: string
  /** Never given unasked, but may be asked for: the gateway, a range that somebody manages by hand. */
  readonly reserved?: readonly string[] | undefined
  /** The record that the pool goes away with. */
  readonly holder: Holder
}

/** Creates the pool of a subnet: its host addresses, without those of the network itself, the broadcast and the reserved ones. */
export const createAddressPool = (tx: WriteTransaction, { pool, cidr, reserved = [], holder }: AddressPoolDefinition): void => {
  const { version, ...bounds } = hostsOf(cidrOf(cidr))
  createPool(tx, {
    pool,
    bounds,
    free: without(
      bounds,
      reserved.map((text) => valueOf(text, version)),
    ),
    holder,
  })
}

/**
 * Gives the lowest free address of a subnet, or the `wanted` one.
 *
 * Refuses `Exhausted`, `Taken`, `OutOfRange` (naming the CIDR), `Invalid` (not an address of this version).
 */
export const allocateAddress = (tx: WriteTransaction, pool: string, cidr: string, holder: Holder, wanted?: string): string => {
  const { version } = cidrOf(cidr)
  // The allocator knows numbers; a person asked for an address.
  const words = {
    exhausted: `${cidr} has no free address left; release some or add another subnet`,
    taken: (value: bigint) => `${formatAddress(version, value)} of ${cidr} is taken`,
    outOfRange: (value: bigint) => `${formatAddress(version, value)} is not an address of a host in ${cidr}`,
  }
  return formatAddress(version, allocate(tx, pool, holder, wanted === undefined ? undefined : valueOf(wanted, version), words))
}

/** Gives an address back. Answers `false` where it was not given. */
export const releaseAddress = (tx: WriteTransaction, pool: string, address: string): boolean => {
  const parsed = parseAddress(address)
  return parsed !== undefined && release(tx, pool, parsed.value)
}

/** Whose an address is; `undefined` where it is nobody's. */
export const holderOfAddress = (tx: Pick<WriteTransaction, 'get'>, pool: string, address: string): RecordName | undefined => {
  const parsed = parseAddress(address)
  return parsed === undefined ? undefined : holderOf(tx, pool, parsed.value)
}

const cidrOf = (text: string) => {
  const cidr = parseCidr(text)
  if (cidr === undefined) throw new StoreRefusal('Invalid', `${text} is not a CIDR such as 10.0.0.0/24 or fd00::/64`)
  return cidr
}

const valueOf = (text: string, version: AddressVersion): bigint => {
  const address = parseAddress(text)
  if (address?.version !== version) throw new StoreRefusal('Invalid', `${text} is not an IPv${version} address`)
  return address.value
}

/** What is left of a range without some of its numbers. */
const without = ({ first, last }: NumberRange, numbers: readonly bigint[]): readonly NumberRange[] => {
  const inside = [...new Set(numbers)].filter((number) => number >= first && number <= last).sort((a, b) => (a < b ? -1 : 1))
  const starts = [first, ...inside.map((number) => number + 1n)]
  const ends = [...inside.map((number) => number - 1n), last]
  return starts.flatMap((start, index) => {
    const end = ends[index]
    return end === undefined || start > end ? [] : [{ first: start, last: end }]
  })
}
