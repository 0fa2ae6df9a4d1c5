import { readFileSync } from 'node:fs'

/** The version of this package, from its manifest: beside `src` and beside `dist` alike. */
export const version: string = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
