import type { CloudSource } from '@hanse/core'
import { local } from '@hanse/driver-local'

/** The drivers of this repository, each with the smallest configuration; the generated pages have a column for each. */
export const drivers: readonly CloudSource[] = [local()]
