import type { AnyResource } from '@hanse/core'
import { secret } from '@hanse/core'
import type { Bench } from '../bench.ts'
import type { ValueMaker } from '../specimen.ts'

/** A name that nothing else has. */
export const name =
  (prefix: string): ValueMaker =>
  (bench) =>
    bench.name(prefix)

/** Two labels, one of them new each time. */
export const labels: ValueMaker = (bench) => ({ purpose: 'conformance', case: bench.name() })

/** A new one of another kind, by id; nothing where the cloud lacks that kind. */
export const madeOf =
  (kind: string): ValueMaker =>
  async (bench) =>
    bench.supports(kind) ? (await bench.make(kind)).id : undefined

/** A list with one new one of another kind. */
export const listOf =
  (kind: string): ValueMaker =>
  async (bench) =>
    bench.supports(kind) ? [(await bench.make(kind)).id] : undefined

/** A user data script, different each time. */
export const userData: ValueMaker = (bench) => secret(`#cloud-config\nhostname: ${bench.name('host')}\n`)

/** An IPv4 range in 10.0.0.0/8 that no other case has: 24 bits of network. */
export function range(bench: Bench): string {
  const number = bench.number()
  return `10.${(number >> 8) & 255}.${number & 255}.0/24`
}

/** An address of an IPv4 range by the last of its numbers. */
export const addressIn = (cidr: string, host: number): string => cidr.replace(/\d+\/\d+$/, String(host))

/** The range of a subnet, as the cloud shows it. */
export async function rangeOf(bench: Bench, subnet: unknown): Promise<string> {
  const seen = await bench.service('subnet').get(String(subnet) as AnyResource['id'])
  return seen.match(
    ({ observed }) => String((observed as Readonly<Record<string, unknown>>)['cidr']),
    () => '10.0.0.0/24',
  )
}

/** The public half of an Ed25519 key that nobody holds the private half of; another for each number. */
export function publicKey(bench: Bench): string {
  const prefix = [0, 0, 0, 11, ...new TextEncoder().encode('ssh-ed25519'), 0, 0, 0, 32]
  const number = bench.number()
  const point = Array.from({ length: 32 }, (_, index) => (index < 4 ? (number >> (index * 8)) & 255 : (index * 7) & 255))
  return `ssh-ed25519 ${btoa(String.fromCharCode(...prefix, ...point))} kit`
}
