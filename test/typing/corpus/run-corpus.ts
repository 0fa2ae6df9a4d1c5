import { pathToFileURL } from 'node:url'
import { expect } from 'vitest'
import { join } from 'node:path'
import { openCloud } from '@hanse/core'
import type { Capability, Cloud, CloudSource } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { repositoryRoot } from '../../architecture/source-file.ts'

/** What came of running a program. */
export interface RunVerdict {
  /** `Ok`, the code of the error, or `missing` when it reached for a member that the cloud does not have. */
  readonly outcome: string
  /** What the error says of itself. */
  readonly message: string
  /** The mutations that reached the cloud, as `server.create`. */
  readonly sent: readonly string[]
}

/** The same source without what is not among these capabilities: a cloud of a poorer driver. It tells each mutation that its driver is sent. */
function hiding(source: CloudSource, capabilities: readonly Capability[], tell: (call: string) => void): CloudSource {
  return {
    ...source,
    always: capabilities,
    load: async () => {
      const { driver, open } = await source.load()
      return {
        driver: { ...driver, classify: (cause: unknown) => driver.classify(cause), always: capabilities },
        open: async (...args) => {
          const opened = await open(...args)
          const kinds = Object.entries(opened.kinds).map(([kind, methods]) => [kind, telling(kind, methods, tell)])
          return { ...opened, close: () => opened.close(), kinds: Object.fromEntries(kinds) as typeof opened.kinds }
        },
      }
    },
  }
}

const reading = new Set(['get', 'head', 'list', 'listPage', 'findByKey', 'export', 'console'])

const telling = (kind: string, methods: object, tell: (call: string) => void): object =>
  new Proxy(methods, {
    get: (target, name, receiver) => {
      if (typeof name === 'string' && !reading.has(name) && name !== 'fields') tell(`${kind}.${name}`)
      return Reflect.get(target, name, receiver)
    },
  })

/** Runs a program on an embedded cloud in memory that has these capabilities and no others. */
export async function runProgram(file: string, name: string, capabilities: readonly Capability[]): Promise<RunVerdict> {
  const sent: string[] = []
  const opened = await openCloud(hiding(local() as CloudSource, capabilities, (call) => sent.push(call)))
  if (opened.isErr()) throw opened.error
  const cloud: Cloud = opened.value
  sent.length = 0
  const programs: Readonly<Record<string, (cloud: Cloud) => PromiseLike<unknown> | undefined>> = await import(
    pathToFileURL(join(repositoryRoot, 'test/typing/corpus/programs', file)).href
  )
  try {
    return { ...outcomeOf(await programs[name]?.(cloud)), sent }
  } catch (cause) {
    if (cause instanceof TypeError) return { outcome: 'missing', message: cause.message, sent }
    throw cause
  } finally {
    const closed = await cloud.close()
    expect(closed.isOk()).toBe(true)
  }
}

function outcomeOf(given: unknown): { readonly outcome: string; readonly message: string } {
  if (typeof given !== 'object' || given === null || !('error' in given)) return { outcome: 'Ok', message: '' }
  // The error of a result, of core or of a stack: both have a code.
  const { code, message } = given.error as { readonly code: string; readonly message: string }
  return { outcome: code, message }
}
