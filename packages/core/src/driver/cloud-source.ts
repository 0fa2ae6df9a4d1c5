import type { Capability } from '../cloud.ts'
import type { BoundDriver, CloudSource } from '../open-cloud.ts'
import type { Driver } from './driver.ts'

/** Binds a driver to the configuration of one cloud. */
export const bindDriver = <Config, Always extends Capability, Probed extends Capability, Native>(
  driver: Driver<Config, Always, Probed, Native>,
  // The driver says which configuration it takes; the value given must not have a say in it.
  config: NoInfer<Config>,
): BoundDriver<Always, Probed, Native> => ({ driver, open: (runtime, signal) => driver.open(config, runtime, signal) })

/**
 * Makes a light value of a cloud that is not open yet: what a driver's factory gives. Name, capabilities and `load` are all it holds.
 *
 * @example
 * export const acme = (config: AcmeConfig) =>
 *   cloudSource({ driver: 'acme', always, probed, load: async () => bindDriver((await import('./driver.ts')).driver, config) })
 */
export const cloudSource = <const Always extends Capability, const Probed extends Capability, Native>(
  // What is promised comes from the driver that loads: a source cannot declare more. (`BoundDriver` alone would let it: the compiler
  // compares two of them by their capabilities, and takes the shorter list for one that fits the longer.)
  source: Omit<CloudSource<Always, Probed, Native>, 'always' | 'probed'> & {
    readonly always: readonly NoInfer<Always>[]
    readonly probed: readonly NoInfer<Probed>[]
  },
): CloudSource<Always, Probed, Native> => source
