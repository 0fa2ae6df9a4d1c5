import { bindDriver, cloudSource } from '@hanse/core/driver'
import type { CloudSource } from '@hanse/core'
import { always, probed } from './capabilities.ts'
import type { LocalConfig } from './config.ts'
import type { LocalNative } from './native.ts'

/**
 * The embedded cloud, kept in a folder or in memory. A light value: the database loads when it is opened.
 *
 * @example
 * const opened = await openCloud(local({ path: './cloud' }))
 */
export function local(config: LocalConfig = {}): CloudSource<(typeof always)[number], (typeof probed)[number], LocalNative> {
  let memory: Promise<import('./store/store.ts').Store> | undefined
  return cloudSource({
    driver: 'local',
    always,
    probed,
    load: async () => {
      const { driver } = await import('./driver.ts')
      // One memory for all that open this source, as one folder is one cloud.
      return bindDriver(driver, { ...config, memory: (open) => (memory ??= open()) })
    },
  })
}
