export { local } from './local.ts'
export type { LocalConfig } from './config.ts'
export { isLocalRecord } from './native.ts'
export type { LocalNative, LocalNativeRecord } from './native.ts'
