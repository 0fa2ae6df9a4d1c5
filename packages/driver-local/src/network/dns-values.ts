import type { DnsRecordSpec } from '@hanse/core'
import { parseAddress } from '../store/addresses.ts'

/** What is wrong with a value of a record; `undefined` where nothing is. */
export const problemOfValue = (type: DnsRecordSpec['type'], value: string): string | undefined =>
  checks[type].test(value) ? undefined : `${value} is not ${checks[type].words}`

const isHost = (text: string | undefined): boolean =>
  text !== undefined &&
  text.length <= 254 &&
  /^(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?$/i.test(text) &&
  parseAddress(text) === undefined

const isNumber = (text: string | undefined, max: number): boolean => text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= max

/** One string, or several in quotes; each at most 255 bytes (RFC 1035, section 3.3). */
const isText = (value: string): boolean => {
  const strings = /^(?:"(?:[^"\\]|\\.)*"\s*)+$/s.test(value)
    ? (value.match(/"(?:[^"\\]|\\.)*"/gs) ?? []).map((quoted) => quoted.slice(1, -1))
    : [value]
  return strings.every((text) => new TextEncoder().encode(text).length <= 255)
}

const checks: { readonly [T in DnsRecordSpec['type']]: { readonly test: (value: string) => boolean; readonly words: string } } = {
  A: { test: (value) => parseAddress(value)?.version === 4, words: 'an IPv4 address' },
  AAAA: { test: (value) => parseAddress(value)?.version === 6, words: 'an IPv6 address' },
  CNAME: { test: isHost, words: 'a host name' },
  NS: { test: isHost, words: 'a host name' },
  MX: {
    test: (value) => {
      const [preference, host, ...more] = value.split(' ')
      return isNumber(preference, 65_535) && (isHost(host) || host === '.') && more.length === 0
    },
    words: 'a preference and a mail server, such as 10 mail.example.org',
  },
  SRV: {
    test: (value) => {
      const [priority, weight, port, host, ...more] = value.split(' ')
      return [priority, weight, port].every((number) => isNumber(number, 65_535)) && (isHost(host) || host === '.') && more.length === 0
    },
    words: 'priority, weight, port and target, such as 0 5 5060 sip.example.org (RFC 2782)',
  },
  CAA: {
    test: (value) => /^(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]) [a-z0-9]+ "[^"]*"$/i.test(value),
    words: 'flags, tag and a value in quotes, such as 0 issue "ca.example.org" (RFC 8659)',
  },
  TXT: { test: isText, words: 'a text of at most 255 bytes, or several such in quotes' },
}
