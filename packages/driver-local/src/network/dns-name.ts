/** A domain name as it is kept: lower case (RFC 4343: case does not matter), without the dot at the end. */
export const normalName = (name: string): string => name.toLowerCase().replace(/\.$/, '')
