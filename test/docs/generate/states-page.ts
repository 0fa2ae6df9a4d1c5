import type { AnyKind, CloudSource, DriverRuntime } from '@hanse/core'
import { kinds } from '@hanse/core'
import { pageOf } from './capabilities-page.ts'
import { drivers } from './drivers.ts'
import type { GeneratedFile } from './generated-files.ts'
import { code, markdownTable, meanings } from './markdown-table.ts'

/** Which phase stands for each state of a provider, from the tables that drivers bring along. */
export const statesPage = async (): Promise<GeneratedFile> => {
  const parts = await Promise.all(drivers.map(partOf))
  const text = `# States

A resource has a portable \`status.phase\` and the provider's own word, \`status.providerState\`. No mapping loses that word: a state that a driver does not know keeps it and has the phase \`Unknown\`. \`waitFor(service, id, { phase: 'ready' })\` waits for any phase that means ready.

${parts.join('\n\n')}
`
  return { path: 'docs/reference/states.md', text }
}

async function partOf(source: CloudSource): Promise<string> {
  const bound = await source.load()
  const opened = await bound.open(runtime, new AbortController().signal)
  // By kind, as the type says for each; a page asks all of them for the same member.
  const methods = opened.kinds as Readonly<Record<string, { readonly states?: Readonly<Record<string, string>> | undefined }>>
  const described: Readonly<Record<string, AnyKind>> = { ...kinds, ...bound.driver.kinds }
  const sections = Object.values(described).flatMap((kind) => {
    const states = Object.entries(methods[kind.kind]?.states ?? {})
    if (states.length === 0) return []
    const rows = states.map(([state, phase]) => [code(state), code(phase), meaning(kind, phase)])
    return [`### [${kind.kind}](kinds/${pageOf(kind.kind)})\n\n${markdownTable(['provider state', 'phase', 'that is'], rows)}`]
  })
  await opened.close()
  return `## driver-${source.driver}\n\n${sections.join('\n\n')}`
}

function meaning({ kind, phases }: AnyKind, phase: string): string {
  const known = phases[phase]
  if (known === undefined) throw new Error(`${kind} has no phase ${phase}`)
  return meanings[known]
}

/** Enough of a world to open an embedded cloud in memory. */
const runtime: DriverRuntime = {
  transport: () => Promise.reject(new Error('pages are made without a network')),
  now: () => 0,
  sleep: () => Promise.resolve(),
  random: () => 0,
  randomUUID: () => crypto.randomUUID(),
  log: () => {},
  trace: () => {},
  environment: {},
  readFile: () => Promise.reject(new Error('pages are made without files')),
}
