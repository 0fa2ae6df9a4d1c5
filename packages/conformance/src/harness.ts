import type { Cloud, CloudResultAsync, CloudSource, DriverRuntime, OpenOptions } from '@hanse/core'
import { openCloud } from '@hanse/core'
import type { Specimens } from './specimen.ts'

/** What a driver's test provides: a place where the cases may make and remove things. */
export interface Harness {
  /** Opens a cloud. All clouds of one harness see the same resources; the options are to be handed on to `openCloud`. */
  open(options?: OpenOptions): CloudResultAsync<Cloud>
  /** Names of what exists in this place. What is left out is looked for in the cloud's own lists. */
  readonly fixtures?: ConformanceFixtures | undefined
  /** How to make the driver's own kinds, and other ways to make core's. */
  readonly specimens?: Specimens | undefined
  /** What its clouds send requests with, where that is not the transport of the default runtime. Some cases let requests hang. */
  readonly transport?: DriverRuntime['transport'] | undefined
  /** For how long a case waits until something is ready or gone, in ms; 10 s when left out. Live clouds need minutes. */
  readonly patienceMs?: number | undefined
  /** Gives the place back. */
  dispose(): Promise<void>
}

/** Names of what exists in the place that a harness provides; each is an id or a name. */
export interface ConformanceFixtures {
  /** An image that servers boot from; the first one listed that is ready when left out. */
  readonly image?: string | undefined
  /** Two sizes of servers; the two smallest when left out. */
  readonly sizes?: readonly [string, string] | undefined
  /** A network that leads outside; the first one listed that says so when left out. */
  readonly externalNetwork?: string | undefined
  /** An availability zone; the first one listed when left out. */
  readonly zone?: string | undefined
  /** A class of disks, in the word of the cloud. Left out, the cases that need one are skipped. */
  readonly volumeType?: string | undefined
  /** A domain under which zones may be made; `example.org` when left out. */
  readonly domain?: string | undefined
}

/**
 * Makes a harness of a source, for clouds that need no more than to be opened.
 *
 * @example
 * runConformance('local, in memory', async () => harnessOf(local()))
 */
export function harnessOf(source: CloudSource, more: Partial<Omit<Harness, 'open'>> = {}): Harness {
  return { open: (options) => openCloud(source, options), dispose: async () => {}, ...more }
}
