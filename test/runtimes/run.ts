import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '../architecture/source-file.ts'
import { buildPackages, withoutNpm } from '../packaging/bare-project.ts'
import { tryCommand } from '../packaging/run-command.ts'
import { ends, others, type Runtime } from './runtimes.ts'

// `npm run test:runtimes`: the whole suite on the oldest and the newest Node, core's tests and the examples on the other runtimes.
// Examples run on the built packages, as their readers run them. Ends with `N passed, N failed`.
//
// `--after-tests` says that `npm test` has just run on this Node; an end of the same major version is then left out, and the table says so.

interface Row {
  readonly runtime: string
  readonly what: string
  readonly passed: number
  readonly failed: number
  readonly seconds: number
}

const vitest = join(repositoryRoot, 'node_modules/vitest/vitest.mjs')
const rows: Row[] = []

await buildPackages()
const tested = process.argv.includes('--after-tests') ? `node@${process.versions.node.split('.')[0]}` : undefined
const isTested = ({ spec }: Runtime): boolean => spec.split('.')[0] === tested
for (const runtime of ends.filter((end) => !isTested(end))) await tests(runtime, 'whole suite', [])
for (const runtime of others) {
  await tests(runtime, 'core', ['packages/core/'])
  for (const example of examples()) await program(runtime, example)
}

const sum = (pick: (row: Row) => number): number => rows.reduce((total, row) => total + pick(row), 0)
for (const { name } of ends.filter(isTested))
  process.stdout.write(`${name}: the whole suite has run on Node ${process.versions.node} before\n`)
for (const line of table()) process.stdout.write(`${line}\n`)
process.stdout.write(`${sum((row) => row.passed)} passed, ${sum((row) => row.failed)} failed\n`)
process.exitCode = sum((row) => row.failed) === 0 ? 0 : 1

/** Runs vitest on a runtime and takes the numbers of its last line. */
async function tests(runtime: Runtime, what: string, filters: readonly string[]): Promise<void> {
  await record(runtime, what, repositoryRoot, [vitest, 'run', ...filters], (output) => {
    const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? []
    return passed === undefined || failed === undefined ? undefined : { passed: Number(passed), failed: Number(failed) }
  })
}

/** Runs one example in an empty folder; it passes when it ends with 0. */
async function program(runtime: Runtime, example: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hanse-example-'))
  await record(runtime, `example ${example}`, folder, [join(repositoryRoot, 'examples', example, 'main.ts')], () => ({
    passed: 1,
    failed: 0,
  }))
  rmSync(folder, { recursive: true, force: true })
}

async function record(
  runtime: Runtime,
  what: string,
  cwd: string,
  args: readonly string[],
  count: (output: string) => { readonly passed: number; readonly failed: number } | undefined,
): Promise<void> {
  const start = performance.now()
  const command = ['--yes', '--prefer-offline', runtime.spec, ...runtime.flags, ...args]
  const { code, stdout, stderr } = await tryCommand('npx', command, { cwd, env: withoutNpm(), timeoutMs: 600_000 })
  const counted = code === 0 ? count(stdout) : { passed: 0, ...count(stdout), failed: Math.max(1, count(stdout)?.failed ?? 1) }
  const { passed, failed } = counted ?? { passed: 0, failed: 1 }
  if (failed > 0) process.stdout.write(`--- ${runtime.name}, ${what}: ended with ${code}\n${stdout}${stderr}\n`)
  rows.push({ runtime: runtime.name, what, passed, failed, seconds: (performance.now() - start) / 1000 })
  process.stdout.write(`${failed === 0 ? 'ok    ' : 'FAILED'} ${runtime.name}, ${what}\n`)
}

function examples(): readonly string[] {
  const folder = join(repositoryRoot, 'examples')
  return existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'main.ts'))) : []
}

function table(): readonly string[] {
  const cells = rows.map((row) => [row.runtime, row.what, String(row.passed), String(row.failed), `${row.seconds.toFixed(1)} s`])
  const all = [['runtime', 'what', 'passed', 'failed', 'time'], ...cells]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all.map((row) =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  )
}
