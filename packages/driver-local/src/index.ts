export { local } from './local.ts'
export type { LocalConfig } from './config.ts'
export type { LocalNative } from './native.ts'
