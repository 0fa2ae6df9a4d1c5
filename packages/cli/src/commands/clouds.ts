import type { Cloud, CloudError } from '@hanse/core'
import { isCloudError } from '@hanse/core'
import { err, ok } from 'neverthrow'
import type { RunCommand } from '../command/command.ts'
import { exitCode } from '../exit-code.ts'
import type { Failure } from '../failure.ts'
import { withInterrupts } from '../interrupts.ts'
import type { Screen } from '../output/screen.ts'
import { tableLines } from '../output/table.ts'
import { wrap } from '../output/wrap.ts'
import type { LoadedConfig } from '../project/load-config.ts'
import { loadConfig } from '../project/load-config.ts'
import { openOne } from '../project/open-clouds.ts'

interface CloudEntry {
  readonly name: string
  readonly driver: string
  /** The environments that use it. */
  readonly environments: readonly string[]
  /** Of every cloud of the driver. */
  readonly always: readonly string[]
  /** Of some clouds of the driver. */
  readonly probed: readonly string[]
  /** Of this cloud, found out by opening it. */
  readonly has?: readonly string[] | undefined
  readonly error?: CloudError | undefined
}

/** `hanse clouds` */
export const clouds: RunCommand = (call) =>
  withInterrupts(call, async (signal) => {
    const loaded = await loadConfig(call.host, call.options.config)
    if (loaded.isErr()) return err(loaded.error)
    const entries = await Promise.all(
      entriesOf(loaded.value).map(async (entry): Promise<CloudEntry> => {
        if (call.options.check !== true) return entry
        const opened = await openOne(call.host, loaded.value.config.clouds, entry.name, true, signal)
        if (opened.isErr()) return { ...entry, error: cloudErrorOf(opened.error) }
        const has = capabilitiesOf(opened.value)
        await opened.value.close().unwrapOr(undefined)
        return { ...entry, has }
      }),
    )
    if (call.screen.json) call.screen.document('clouds', { clouds: entries })
    else print(call.screen, entries, call.host.stdout.columns ?? 100)
    return ok(entries.some(({ error }) => error !== undefined) ? exitCode.failed : exitCode.done)
  })

function entriesOf({ config }: LoadedConfig): readonly CloudEntry[] {
  return Object.entries(config.clouds).map(([name, { driver, always, probed }]) => ({
    name,
    driver,
    environments: Object.entries(config.environments)
      .filter(([, bound]) => (typeof bound === 'string' ? bound === name : Object.values(bound).includes(name)))
      .map(([environment]) => environment),
    always,
    probed,
  }))
}

const capabilitiesOf = (cloud: Cloud): readonly string[] => Object.keys(cloud.supports)

const cloudErrorOf = ({ error }: Failure): CloudError | undefined => (isCloudError(error) ? error : undefined)

function print(screen: Screen, entries: readonly CloudEntry[], width: number): void {
  const checked = entries.some(({ has, error }) => has !== undefined || error !== undefined)
  const head = ['CLOUD', 'DRIVER', 'ENVIRONMENTS', ...(checked ? ['OPENS'] : [])]
  const rows = entries.map(({ name, driver, environments, error }) => [
    name,
    driver,
    environments.join(', '),
    ...(checked ? [error === undefined ? 'yes' : `no: ${error.code}: ${error.message}`] : []),
  ])
  for (const line of tableLines(head, rows, { paint: screen.paint, maxCell: undefined })) screen.print(line)
  for (const entry of entries) {
    screen.print()
    screen.print(screen.paint('bold', entry.name))
    const line = (title: string, has: readonly string[]): void => screen.print(`  ${title.padEnd(9)}  ${wrap(byKind(has), width, 13)}`)
    if (entry.has !== undefined) line('has', entry.has)
    else {
      line('always', entry.always)
      if (entry.probed.length > 0) line('sometimes', entry.probed)
    }
  }
}

/** `server (resize, console), network`: what is optional stands behind its kind. */
function byKind(capabilities: readonly string[]): string {
  const kinds = new Map<string, string[]>()
  for (const capability of capabilities) {
    const [kind = '', feature] = capability.split('.')
    kinds.set(kind, [...(kinds.get(kind) ?? []), ...(feature === undefined ? [] : [feature])])
  }
  return [...kinds].map(([kind, features]) => (features.length === 0 ? kind : `${kind} (${features.join(', ')})`)).join(', ')
}
