import type { Capability } from '../cloud.ts'
import type { CloudError } from '../errors.ts'
import { cloudError } from '../errors.ts'
import { unknownField } from '../kind/check-value.ts'
import type { Problem } from '../limits.ts'
import { problemsError } from './problems-error.ts'

const known = ['signal', 'timeoutMs', 'readOnly', 'runtime', 'require']

/** What is wrong with a source and with how it is to be opened, before anything is loaded: callers in JavaScript give anything. */
export function checkOpening(source: unknown, options: unknown): CloudError | undefined {
  const context = { driver: 'core', operation: 'openCloud' }
  const problems: Problem[] = []
  const wrong = (path: Problem['path'], message: string): unknown => problems.push({ path, message })
  if (!isObject(source) || typeof source['driver'] !== 'string' || typeof source['load'] !== 'function')
    wrong(['source'], "expected what a driver's function gives, such as local({ path: './cloud' })")
  if (!isObject(options)) wrong(['options'], 'expected an object')
  else {
    const { signal, timeoutMs, readOnly, runtime, require } = options
    for (const name of Object.keys(options)) if (!known.includes(name)) wrong([name], unknownField(name, known, 'an option'))
    if (signal !== undefined && !(signal instanceof AbortSignal)) wrong(['signal'], 'expected an AbortSignal')
    if (timeoutMs !== undefined && !(typeof timeoutMs === 'number' && Number.isFinite(timeoutMs) && timeoutMs >= 0))
      wrong(['timeoutMs'], 'expected a number of milliseconds, 0 or more')
    if (readOnly !== undefined && typeof readOnly !== 'boolean') wrong(['readOnly'], 'expected true or false')
    if (runtime !== undefined && !isObject(runtime)) wrong(['runtime'], 'expected an object')
    if (require !== undefined && !(Array.isArray(require) && require.every((item) => typeof item === 'string')))
      wrong(['require'], "expected a list of capabilities, such as ['loadBalancer']")
  }
  if (problems.length > 0) return problemsError(problems, context)
  return neverOffered(source as Declared, (options as { readonly require?: readonly Capability[] }).require ?? [])
}

interface Declared {
  readonly driver: string
  readonly always?: readonly string[]
  readonly probed?: readonly string[]
}

/** What no cloud of this driver has need not be looked for. */
function neverOffered({ driver, always = [], probed = [] }: Declared, required: readonly Capability[]): CloudError | undefined {
  const missing = required.filter((capability) => !always.includes(capability) && !probed.includes(capability))
  const [first] = missing
  const message = `no cloud of the driver ${driver} has ${missing.join(', ')}`
  return first === undefined ? undefined : cloudError('Unsupported', message, { driver, operation: 'openCloud' }, { capability: first })
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
