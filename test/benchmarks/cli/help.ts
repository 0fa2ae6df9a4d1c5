import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../../architecture/source-file.ts'

// What the help costs over starting node, of the built command. By hand: npm run build && npx tsx test/benchmarks/cli/help.ts

const main = join(repositoryRoot, 'packages/cli/dist/main.mjs')
const pairs = 30
const lines: readonly (readonly string[])[] = [['--version'], ['--help'], ['apply', '--help'], ['server', 'ls', '--help']]

function once(args: readonly string[]): number {
  const begin = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}\n${stderr}`)
  return performance.now() - begin
}

const sorted = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b)
const median = (values: readonly number[]): number => sorted(values)[Math.floor(values.length / 2)] ?? Number.NaN

if (!existsSync(main)) throw new Error('build the packages first: npm run build')
for (const line of lines) {
  const bare: number[] = []
  const full: number[] = []
  // In turns, so that what else the machine does falls on both.
  for (let pair = 0; pair < pairs; pair += 1) {
    bare.push(once(['-e', '']))
    full.push(once([main, ...line]))
  }
  const least = Math.min(...full) - Math.min(...bare)
  process.stdout.write(
    `hanse ${line.join(' ').padEnd(18)} node ${median(bare).toFixed(0)} ms, command ${median(full).toFixed(0)} ms (medians of ${pairs}); costs ${least.toFixed(0)} ms at best, ${(median(full) - median(bare)).toFixed(0)} ms in the middle\n`,
  )
}
