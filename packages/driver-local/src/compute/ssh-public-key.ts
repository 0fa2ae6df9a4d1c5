import { createHash } from 'node:crypto'

/** A public key as OpenSSH reads it. */
export interface SshPublicKey {
  readonly type: string
  /** As `ssh-keygen -l` shows it: `SHA256:` and the digest in base64 without padding. */
  readonly fingerprint: string
}

/** Reads one line of an OpenSSH public key; a text says what is wrong with it. Formats: RFC 4253 section 6.6, RFC 5656, RFC 8709, and OpenSSH's PROTOCOL.u2f. */
export function parseSshPublicKey(line: string): SshPublicKey | string {
  const [type = '', base64 = ''] = line.trim().split(/\s+/)
  const shape = shapes.get(type)
  if (shape === undefined) return `${type} is no type of key that OpenSSH takes; it takes ${[...shapes.keys()].join(', ')}`
  const blob = Buffer.from(base64, 'base64')
  // Node reads what it can and drops the rest.
  if (blob.toString('base64').replace(/=+$/, '') !== base64.replace(/=+$/, '')) return 'the key is not base64'
  const parts = partsOf(blob)
  if (parts === undefined) return 'the key ends in the middle'
  const [inner, ...rest] = parts
  if (inner?.toString('latin1') !== type)
    return `the key says ${type} and holds a key of type ${inner?.toString('latin1').slice(0, 40) ?? ''}`
  const problem = shape(rest)
  return problem ?? { type, fingerprint: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}` }
}

type Shape = (parts: readonly Buffer[]) => string | undefined

const ed25519: Shape = ([key, ...more]) => (key?.length === 32 && more.length === 0 ? undefined : 'an Ed25519 key has 32 bytes')

const rsa: Shape = ([exponent, modulus, ...more]) => {
  if (exponent === undefined || modulus === undefined || more.length > 0) return 'an RSA key has an exponent and a modulus'
  const bits = bitsOf(modulus)
  return bits >= 2048 && bits <= 16_384 ? undefined : `an RSA key has 2048 to 16384 bits, and this one ${bits}`
}

const ecdsa =
  (curve: string, bytes: number): Shape =>
  ([name, point, ...more]) =>
    name?.toString('latin1') === curve && point?.length === 2 * bytes + 1 && point[0] === 4 && more.length === 0
      ? undefined
      : `an ECDSA key on ${curve} has an uncompressed point of ${2 * bytes + 1} bytes`

/** A key in a security key: the same with the application at its end. */
const inHardware =
  (shape: Shape): Shape =>
  (parts) =>
    (parts.at(-1)?.length ?? 0) > 0 ? shape(parts.slice(0, -1)) : 'a key in a security key names its application'

const shapes: ReadonlyMap<string, Shape> = new Map([
  ['ssh-ed25519', ed25519],
  ['ssh-rsa', rsa],
  ['ecdsa-sha2-nistp256', ecdsa('nistp256', 32)],
  ['ecdsa-sha2-nistp384', ecdsa('nistp384', 48)],
  ['ecdsa-sha2-nistp521', ecdsa('nistp521', 66)],
  ['sk-ssh-ed25519@openssh.com', inHardware(ed25519)],
  ['sk-ecdsa-sha2-nistp256@openssh.com', inHardware(ecdsa('nistp256', 32))],
])

/** The strings of the wire format (RFC 4251, section 5): a length in four bytes and so many bytes, again and again. */
function partsOf(blob: Buffer): readonly Buffer[] | undefined {
  const parts: Buffer[] = []
  for (let at = 0; at < blob.length; ) {
    if (at + 4 > blob.length) return undefined
    const end = at + 4 + blob.readUInt32BE(at)
    if (end > blob.length) return undefined
    parts.push(blob.subarray(at + 4, end))
    at = end
  }
  return parts
}

const bitsOf = (number: Buffer): number => {
  const start = number.findIndex((byte) => byte !== 0)
  return start === -1 ? 0 : (number.length - start) * 8 - Math.clz32(number[start] ?? 0) + 24
}
