/** A runtime that comes from npm: `npx <spec> <flags> program`. */
export interface Runtime {
  readonly name: string
  readonly spec: string
  readonly flags: readonly string[]
}

const node = (version: string): Runtime => ({ name: `Node ${version}`, spec: `node@${version}`, flags: [] })

/** The two ends of what `engines` promises; the whole suite runs on both. */
export const ends: readonly Runtime[] = [node('20.19.0'), node('26')]

/** What lies between, and the others; core's tests and the examples run on each. */
export const others: readonly Runtime[] = [
  node('22'),
  node('24'),
  { name: 'Bun', spec: 'bun', flags: ['--bun'] },
  { name: 'Deno', spec: 'deno', flags: ['run', '-A'] },
]
