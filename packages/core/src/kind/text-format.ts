import type { TextFormat } from './field.ts'

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`)
const label = '(?!-)[a-z0-9_-]{1,63}(?<!-)'
const hostname = new RegExp(`^(?:\\*\\.)?${label}(?:\\.${label})*\\.?$`, 'i')

/** Whether a text is IPv6 as RFC 4291, section 2.2 writes it: eight groups, at most one run of them left out. */
const isIpv6 = (value: string): boolean => {
  const [head = '', tail, ...more] = value.split('::')
  if (more.length > 0) return false
  const groups = (part: string | undefined): readonly string[] => (part === undefined || part === '' ? [] : part.split(':'))
  const all = [...groups(head), ...groups(tail)]
  // An embedded IPv4 address stands for two groups, the last ones.
  const last = (tail === '' ? undefined : all.at(-1)) ?? ''
  const count = ipv4.test(last) ? all.length + 1 : all.length
  const plain = ipv4.test(last) ? all.slice(0, -1) : all
  return plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) && (tail === undefined ? count === 8 : count < 8)
}

const isIp = (value: string): boolean => ipv4.test(value) || isIpv6(value)

const isCidr = (value: string): boolean => {
  const [address = '', length = '', ...more] = value.split('/')
  return more.length === 0 && /^\d{1,3}$/.test(length) && isIp(address) && Number(length) <= (address.includes(':') ? 128 : 32)
}

/** How each format is tested, and how it is called in a message. */
export const textFormats: { readonly [F in TextFormat]: { readonly test: (value: string) => boolean; readonly words: string } } = {
  cidr: { test: isCidr, words: 'a range in CIDR notation, such as 10.0.0.0/24' },
  ip: { test: isIp, words: 'an IP address' },
  hostname: { test: (value) => value.length <= 254 && hostname.test(value), words: 'a host name, such as www.example.org' },
  digest: { test: (value) => /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/.test(value), words: 'a digest, such as sha256:…' },
  sshPublicKey: {
    test: (value) => /^(?:ssh-|ecdsa-|sk-)[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,3}(?: .*)?$/.test(value.trim()),
    words: 'one line of an OpenSSH public key, such as ssh-ed25519 AAAA…',
  },
}
