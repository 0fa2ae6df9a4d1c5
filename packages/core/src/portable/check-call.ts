import type { CloudError, CloudErrorContext } from '../errors.ts'
import { cloudError } from '../errors.ts'
import { checkFields, checkShape } from '../kind/check-value.ts'
import type { AnyField } from '../kind/field.ts'
import type { AnyKind } from '../kind/kind.ts'
import type { Verb } from '../kind/verb.ts'
import type { KindLimits, Problem } from '../limits.ts'
import { isSecret } from '../secret.ts'
import type { PortableCall } from './invoke.ts'

/** What decides whether a spec gets through. */
export interface Acceptance {
  readonly kind: AnyKind
  readonly driver: string
  readonly limits: KindLimits
  readonly supports: Readonly<Record<string, true>>
  /** The fields of the spec that the driver handles; undefined where the kind has no create. */
  readonly handled: readonly string[] | undefined
}

const callOptionNames = new Set(['signal', 'timeoutMs', 'key', 'owner', 'again', 'cursor', 'pageSize', 'until', 'pollMs'])

/** Everything that is wrong with a spec for one cloud. */
export function checkSpec(on: Acceptance, spec: unknown, isLater?: (value: unknown) => boolean): readonly Problem[] {
  const problems = checkFields(on.kind.fields, spec, [], isLater)
  if (typeof spec !== 'object' || spec === null) return problems
  const given = spec as Readonly<Record<string, unknown>>
  return [...problems, ...unsupported(on, on.kind.fields, given, true), ...beyondLimits(on, given, isLater)]
}

/** Checks the arguments and options of a call, before anything leaves. */
export function checkCall(on: Acceptance, verb: Verb, call: PortableCall): readonly Problem[] {
  const takes = Object.entries(verb.takes)
  const problems: Problem[] = []
  let position = 0
  if (verb.on === 'one') problems.push(...checkShape({ type: 'reference', to: on.kind.kind }, call.args[position++], ['id']))
  for (const [name, field] of takes) {
    const value = call.args[position++]
    // The spec is the argument that people mean: its fields are named without it.
    const at = name === 'spec' || name === 'changes' || name === 'filter' ? [] : [name]
    if (value === undefined && (name === 'filter' || field.optional)) continue
    if (name === 'spec') problems.push(...checkSpec(on, value))
    else problems.push(...checkShape(field.shape, value, at))
    if (name === 'changes' && problems.length === 0)
      problems.push(...unsupported(on, on.kind.fields, value as Readonly<Record<string, unknown>>, true), ...beyondLimits(on, value as Readonly<Record<string, unknown>>))
  }
  const own = Object.fromEntries(Object.entries(call.options).filter(([name]) => !callOptionNames.has(name)))
  const options = verb.options ?? {}
  problems.push(...checkFields(options, own), ...unsupported(on, options, own, false), ...checkCallOptions(call.options))
  return problems
}

const checkCallOptions = (options: Readonly<Record<string, unknown>>): Problem[] => {
  const problems: Problem[] = []
  const { signal, timeoutMs, key, pageSize } = options
  if (signal !== undefined && !(signal instanceof AbortSignal)) problems.push({ path: ['signal'], message: 'expected an AbortSignal' })
  if (timeoutMs !== undefined && !(typeof timeoutMs === 'number' && timeoutMs >= 0))
    problems.push({ path: ['timeoutMs'], message: 'expected a number of milliseconds, 0 or more' })
  if (key !== undefined && !(typeof key === 'string' && key.length >= 1 && key.length <= 255))
    problems.push({ path: ['key'], message: 'expected a text of 1 to 255 characters' })
  if (pageSize !== undefined && !(Number.isSafeInteger(pageSize) && (pageSize as number) >= 1))
    problems.push({ path: ['pageSize'], message: 'expected a whole number, 1 or more' })
  return problems
}

/** The first problem as an error: `Unsupported` if that is all there is to it. The message holds them all. */
export function problemsError(problems: readonly Problem[], context: CloudErrorContext): CloudError {
  const wrong = problems.find((problem) => problem.capability === undefined)
  const first = wrong ?? problems[0]
  const message = problems.map((problem) => (problem.path.length === 0 ? problem.message : `${problem.path.join('.')}: ${problem.message}`)).join('; ')
  return wrong === undefined && first?.capability !== undefined
    ? cloudError('Unsupported', message, context, { capability: first.capability })
    : cloudError('InvalidArgument', message, context, { path: first?.path ?? [] })
}

function unsupported(on: Acceptance, fields: Readonly<Record<string, AnyField>>, given: Readonly<Record<string, unknown>>, isSpec: boolean): Problem[] {
  const problems: Problem[] = []
  for (const [name, field] of Object.entries(fields)) {
    const value = given[name]
    if (value === undefined) continue
    const lacks = (capability: string): boolean => {
      if (on.supports[capability] === true) return false
      problems.push({ path: [name], message: `this cloud (${on.driver}) has no ${capability}`, capability })
      return true
    }
    if (field.needs !== undefined && lacks(field.needs)) continue
    if (field.needsWhen?.value(value) === true && lacks(field.needsWhen.capability)) continue
    if (field.shape.type === 'native') {
      for (const capability of nativeNeeds(value)) lacks(capability)
    } else if (isSpec && on.handled !== undefined && !on.handled.includes(name)) {
      const capability = `${on.kind.kind}.${name}`
      problems.push({ path: [name], message: `this cloud (${on.driver}) does not handle ${capability}`, capability })
    }
  }
  return problems
}

const nativeNeeds = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && 'needs' in value && Array.isArray(value.needs) ? value.needs.map(String) : []

function beyondLimits(on: Acceptance, given: Readonly<Record<string, unknown>>, isLater: (value: unknown) => boolean = () => false): Problem[] {
  const problems: Problem[] = []
  for (const [path, limit] of Object.entries(on.limits.fields ?? {})) {
    for (const [at, value] of valuesAt(given, path.split('.'))) {
      if (isLater(value)) continue
      const plain = isSecret(value) ? value.reveal() : value
      const size = typeof plain === 'number' ? plain : typeof plain === 'string' || Array.isArray(plain) ? plain.length : undefined
      const unit = typeof plain === 'string' ? ' characters' : Array.isArray(plain) ? ' items' : ''
      const wrong = (message: string): unknown => problems.push({ path: at, message: `${message} on this cloud (${on.driver})` })
      if (size !== undefined && limit.min !== undefined && size < limit.min) wrong(`must be at least ${limit.min}${unit}, and is ${size}`)
      if (size !== undefined && limit.max !== undefined && size > limit.max) wrong(`must be at most ${limit.max}${unit}, and is ${size}`)
      if (typeof plain !== 'string') continue
      const bytes = new TextEncoder().encode(plain).length
      if (limit.maxBytes !== undefined && bytes > limit.maxBytes) wrong(`must be at most ${limit.maxBytes} bytes, and is ${bytes}`)
      if (limit.pattern !== undefined && !limit.pattern.test(plain)) wrong(limit.hint ?? `must match ${limit.pattern}`)
    }
  }
  const { labels } = on.limits
  const own = given['labels']
  if (labels !== undefined && typeof own === 'object' && own !== null) {
    const entries = Object.entries(own)
    const wrong = (name: string | undefined, message: string): unknown =>
      problems.push({ path: name === undefined ? ['labels'] : ['labels', name], message: `${message} on this cloud (${on.driver})` })
    if (labels.count !== undefined && entries.length > labels.count) wrong(undefined, `must be at most ${labels.count}, and are ${entries.length}`)
    for (const [name, value] of entries) {
      if (labels.keyLength !== undefined && name.length > labels.keyLength) wrong(name, `the name must have at most ${labels.keyLength} characters`)
      if (labels.keyPattern !== undefined && !labels.keyPattern.test(name)) wrong(name, `the name must match ${labels.keyPattern}`)
      if (labels.valueLength !== undefined && typeof value === 'string' && value.length > labels.valueLength)
        wrong(name, `must have at most ${labels.valueLength} characters, and has ${value.length}`)
    }
  }
  return problems
}

/** The values at a path; a list on the way is gone through. */
function valuesAt(value: unknown, path: readonly string[], at: readonly (string | number)[] = []): readonly (readonly [readonly (string | number)[], unknown])[] {
  if (value === undefined || value === null) return []
  if (path.length === 0) return [[at, value]]
  if (Array.isArray(value)) return value.flatMap((item, index) => valuesAt(item, path, [...at, index]))
  const [name = '', ...rest] = path
  return typeof value === 'object' ? valuesAt((value as Readonly<Record<string, unknown>>)[name], rest, [...at, name]) : []
}
