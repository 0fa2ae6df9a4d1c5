import { register } from 'node:module'

// A loader hook that tells every module that is resolved. It stands in a data URL, for a loader runs where TypeScript is not understood.
const hook = `
import { writeSync } from 'node:fs'
export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context)
  writeSync(2, 'loaded ' + resolved.url.split('?')[0] + '\\n')
  return resolved
}`
register(`data:text/javascript,${encodeURIComponent(hook)}`)
