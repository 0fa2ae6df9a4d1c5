import { openCloud } from '@hanse/core'
import type { Cloud, CloudSource } from '@hanse/core'
import type { ProjectConfig } from '@hanse/provisioning'
import { err, ok } from 'neverthrow'
import type { Result } from 'neverthrow'
import { cloudFailure } from '../failure.ts'
import type { Failure } from '../failure.ts'
import type { Host } from '../host.ts'

/** Clouds that are open, and how they are given back. */
export interface OpenClouds {
  readonly byName: Readonly<Record<string, Cloud>>
  close(): Promise<void>
}

/** How clouds are opened. */
export interface OpenCloudsOptions {
  readonly readOnly: boolean
  readonly signal: AbortSignal
}

/**
 * Opens the clouds that are bound to names, each once. A driver is loaded for nothing else. When one cannot be opened the others are given
 * back and the failure names it.
 */
export async function openClouds(
  host: Host,
  sources: ProjectConfig['clouds'],
  bound: Readonly<Record<string, string>>,
  { readOnly, signal }: OpenCloudsOptions,
): Promise<Result<OpenClouds, Failure>> {
  const names = [...new Set(Object.values(bound))]
  const opened = await Promise.all(names.map(async (name) => [name, await openOne(host, sources, name, readOnly, signal)] as const))
  const open = new Map<string, Cloud>()
  for (const [name, result] of opened) if (result.isOk()) open.set(name, result.value)
  const close = async (): Promise<void> => {
    // What could not be closed cannot be helped when all work is done.
    await Promise.all([...open.values()].map((cloud) => cloud.close().unwrapOr(undefined)))
  }
  for (const [, result] of opened) {
    if (result.isErr()) {
      await close()
      return err(result.error)
    }
  }
  const byName = Object.fromEntries(Object.entries(bound).flatMap(([on, name]) => (open.has(name) ? [[on, open.get(name) as Cloud]] : [])))
  return ok({ byName, close })
}

/** Opens one cloud of the project. */
export async function openOne(
  host: Host,
  sources: ProjectConfig['clouds'],
  name: string,
  readOnly: boolean,
  signal: AbortSignal,
): Promise<Result<Cloud, Failure>> {
  // What a source promises was checked by the compiler or is checked against the stack when it is planned.
  const source = sources[name] as CloudSource
  const opened = await openCloud(source, { readOnly, signal, runtime: { environment: host.env } })
  return opened
    .map((cloud): Cloud => cloud)
    .mapErr((error) => {
      const failure = cloudFailure(error)
      return { ...failure, message: `The cloud ${name} could not be opened: ${failure.message}` }
    })
}
