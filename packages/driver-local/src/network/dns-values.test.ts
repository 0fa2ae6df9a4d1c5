import { describe, expect, it } from 'vitest'
import { problemOfValue } from './dns-values.ts'

describe('a value of a DNS record', () => {
  it.each([
    ['A', '192.0.2.1'],
    ['AAAA', '2001:db8::1'],
    ['CNAME', 'www.example.org.'],
    ['CNAME', '_acme-challenge.example.org'],
    ['NS', 'ns1.example.org'],
    ['MX', '10 mail.example.org.'],
    ['MX', '0 .'],
    ['SRV', '0 5 5060 sip.example.org'],
    ['CAA', '0 issue "ca.example.org"'],
    ['CAA', '128 issuewild ";"'],
    ['TXT', 'v=spf1 -all'],
    ['TXT', `"${'a'.repeat(255)}" "b"`],
    ['TXT', '"a \\" quote"'],
  ] as const)('of type %s may be %s', (type, value) => {
    expect(problemOfValue(type, value)).toBeUndefined()
  })

  it.each([
    ['A', '192.0.2'],
    ['A', '192.0.2.1/32'],
    ['A', 'www.example.org'],
    ['AAAA', '192.0.2.1'],
    ['CNAME', '192.0.2.1'],
    ['CNAME', 'two words'],
    ['NS', '-ns.example.org'],
    ['MX', 'mail.example.org'],
    ['MX', '70000 mail.example.org'],
    ['MX', '10 192.0.2.1'],
    ['SRV', '0 5 sip.example.org'],
    ['SRV', '0 5 5060 sip.example.org more'],
    ['CAA', '256 issue "ca.example.org"'],
    ['CAA', '0 issue ca.example.org'],
    ['TXT', 'a'.repeat(256)],
    ['TXT', `"${'ä'.repeat(128)}"`],
  ] as const)('of type %s may not be %s', (type, value) => {
    expect(problemOfValue(type, value)).toContain(`${value} is not `)
  })
})
