import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import ts from 'typescript'
import { repositoryRoot } from '../../architecture/source-file.ts'

// What it costs a compiler to check programs against core's types. By hand: npx tsx test/benchmarks/typing/run.ts

interface Figure {
  readonly what: string
  readonly checkMs: number
  readonly memoryMB: number
  readonly types: number
  readonly instantiations: number
}

/** What a check may cost beside one of nothing, in time of a processor; about twice what was measured when this was written. */
const budget = { checkMs: 1500, memoryMB: 100, instantiations: 40_000 }

setFlagsFromString('--expose_gc')
const collectGarbage = runInNewContext('gc') as () => void

const programs = {
  'an empty program': 'export {}',
  'the door of core': "import type { Cloud } from '@hanse/core'\nexport declare const cloud: Cloud",
  'one capability':
    "import type { CloudWith } from '@hanse/core'\nexport const list = (cloud: CloudWith<'server'>) => cloud.compute.servers.list()",
  'every capability': `import type { Capability, CapabilityOf, CloudWith, Portable } from '@hanse/core'
    declare const everything: CloudWith<Capability>
    export const server = everything.compute.servers.create({ name: 'a', image: 'i', size: { vcpus: 1 } })
    export type All = CapabilityOf<typeof everything>
    export type Both = Portable<typeof everything, CloudWith<'server' | 'bucket'>>
    export declare const fewer: CloudWith<'server' | 'network'>
    export const fits: typeof fewer = everything`,
  'a stack of forty resources': `import { defineStack, network, server, subnet } from '@hanse/provisioning'
    ${Array.from({ length: 13 }, (_, at) => `const n${at} = network({}); const s${at} = subnet({ network: n${at}, cidr: '10.0.${at}.0/24' }); const w${at} = server({ image: 'i', size: { vcpus: 1 }, subnets: [s${at}] })`).join('\n')}
    export const shop = defineStack('shop', { ${Array.from({ length: 13 }, (_, at) => `n${at}, s${at}, w${at}`).join(', ')} })`,
} as const

const { config } = ts.readConfigFile(join(repositoryRoot, 'tsconfig.json'), ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(
  { ...config, compilerOptions: { ...config.compilerOptions, incremental: false, tsBuildInfoFile: null } },
  ts.sys,
  repositoryRoot,
)

// The compiler itself.
collectGarbage()
const base = process.memoryUsage().heapUsed

function measure(what: string, text: string): Figure {
  const file = join(repositoryRoot, 'test/benchmarks/typing/measured.ts')
  const host = ts.createCompilerHost(options)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (name, language, ...rest) =>
    name === file ? ts.createSourceFile(name, text, language) : read(name, language, ...rest)
  const start = process.cpuUsage()
  const program = ts.createProgram({ rootNames: [file], options, host })
  const source = program.getSourceFile(file)
  const complaints = source === undefined ? [] : program.getSemanticDiagnostics(source)
  if (source === undefined || complaints.length > 0)
    throw new Error(
      `${what} does not compile: ${complaints.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).join('\n')}`,
    )
  const { user, system } = process.cpuUsage(start)
  collectGarbage()
  return {
    what,
    checkMs: Math.round((user + system) / 1000),
    memoryMB: Math.round((process.memoryUsage().heapUsed - base) / 1_048_576),
    types: program.getTypeCount(),
    instantiations: program.getInstantiationCount(),
  }
}

// The first run warms the compiler itself.
measure('warm-up', programs['an empty program'])
const figures = Object.entries(programs).map(([what, text]) => measure(what, text))
const [nothing] = figures
for (const { what, checkMs, memoryMB, types, instantiations } of figures)
  console.log(
    `${what.padEnd(30)} ${String(checkMs).padStart(6)} ms ${String(memoryMB).padStart(5)} MB ${String(types).padStart(8)} types ${String(instantiations).padStart(9)} instantiations`,
  )

const over = figures.filter(
  ({ checkMs, memoryMB, instantiations }) =>
    checkMs - (nothing?.checkMs ?? 0) > budget.checkMs ||
    memoryMB - (nothing?.memoryMB ?? 0) > budget.memoryMB ||
    instantiations > budget.instantiations,
)
for (const { what } of over) console.error(`over the budget: ${what}`)
process.exitCode = over.length === 0 ? 0 : 1
