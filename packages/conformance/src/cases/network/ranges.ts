/** Whether an address lies in a range, both IPv4. Addresses of IPv6 lie in none. */
export function isInside(address: string, cidr: string): boolean {
  const [network = '', length = ''] = cidr.split('/')
  const [own, theirs] = [numberOf(address), numberOf(network)]
  const size = 2 ** (32 - Number(length))
  return own !== undefined && theirs !== undefined && Math.floor(own / size) === Math.floor(theirs / size)
}

const numberOf = (address: string): number | undefined => {
  const parts = address.split('.').map(Number)
  return parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255)
    ? parts.reduce((number, part) => number * 256 + part, 0)
    : undefined
}
