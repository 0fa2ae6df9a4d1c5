import { Address4, Address6 } from 'ip-address'
import type { NumberRange } from './allocator.ts'

/** IPv4 or IPv6. */
export type AddressVersion = 4 | 6

/** A block of addresses; `first` and `last` belong to it. */
export interface Cidr extends NumberRange {
  readonly version: AddressVersion
  readonly prefix: number
  /** The canonical text: `10.0.0.0/24`, whatever host was written (RFC 4632), IPv6 as in RFC 5952. */
  readonly text: string
}

/** Reads a CIDR; `undefined` where the text is none. An address without a prefix length is none. */
export const parseCidr = (text: string): Cidr | undefined => {
  const parsed = parse(text)
  if (parsed === undefined || !text.includes('/') || text.includes('%')) return undefined
  const start = parsed.startAddress()
  return {
    version: parsed instanceof Address4 ? 4 : 6,
    first: start.bigInt(),
    last: parsed.endAddress().bigInt(),
    prefix: parsed.subnetMask,
    text: `${start.correctForm()}/${parsed.subnetMask}`,
  }
}

/** Reads an address without prefix length or zone; `undefined` where the text is none. */
export const parseAddress = (text: string): { readonly version: AddressVersion; readonly value: bigint } | undefined => {
  const parsed = text.includes('/') || text.includes('%') ? undefined : parse(text)
  return parsed === undefined ? undefined : { version: parsed instanceof Address4 ? 4 : 6, value: parsed.bigInt() }
}

/** Writes an address in its canonical form (RFC 5952 for IPv6). */
export const formatAddress = (version: AddressVersion, value: bigint): string =>
  (version === 4 ? Address4.fromBigInt(value) : Address6.fromBigInt(value)).correctForm()

/** Whether two CIDRs share an address; `false` where one of them is none. */
export const overlaps = (a: string, b: string): boolean => {
  const [x, y] = [parseCidr(a), parseCidr(b)]
  return x !== undefined && y !== undefined && x.version === y.version && x.first <= y.last && y.first <= x.last
}

/** Whether an address (or a whole CIDR) lies within a CIDR; `false` where one of them is none. */
export const contains = (cidr: string, inner: string): boolean => {
  const outer = parseCidr(cidr)
  const address = parseAddress(inner)
  const block = address === undefined ? parseCidr(inner) : { version: address.version, first: address.value, last: address.value }
  return (
    outer !== undefined && block !== undefined && outer.version === block.version && outer.first <= block.first && block.last <= outer.last
  )
}

/**
 * The addresses that hosts may have.
 *
 * Without the network and broadcast addresses of IPv4 (RFC 1122; a /31 and a /32 have none, RFC 3021), without the subnet-router anycast
 * address of IPv6 (RFC 4291, section 2.6.1; a /127 and a /128 have none, RFC 6164).
 */
export const hostsOf = ({ version, first, last, prefix }: Cidr): NumberRange & { readonly version: AddressVersion } => {
  const whole = prefix >= (version === 4 ? 31 : 127)
  return { version, first: whole ? first : first + 1n, last: whole || version === 6 ? last : last - 1n }
}

const parse = (text: string): Address4 | Address6 | undefined =>
  Address4.isValid(text) ? new Address4(text) : Address6.isValid(text) ? new Address6(text) : undefined
