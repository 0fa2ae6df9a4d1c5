import * as core from '@hanse/core'

export const names: readonly string[] = Object.keys(core)
