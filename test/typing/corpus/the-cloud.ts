import type { CloudWith } from '@hanse/core'
import type { capabilitySets } from './capability-sets.ts'

/** The cloud that the programs of the corpus run on. The test puts another type here for each set of capabilities. */
export type TheCloud = CloudWith<(typeof capabilitySets)['everything'][number]>
