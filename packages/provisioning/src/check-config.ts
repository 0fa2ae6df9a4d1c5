import { err, ok, Result } from 'neverthrow'
import type { ProjectConfig } from './config.ts'
import { stackError } from './stack-error.ts'
import type { StackError } from './stack-error.ts'

/**
 * Checks at run time what the type of `defineConfig` says, for a configuration that no compiler has seen. It loads nothing and opens
 * nothing. Err: `InvalidInput` with the path to the first thing that is wrong, and all of them in its message.
 */
export function checkConfig(value: unknown): Result<ProjectConfig, StackError> {
  // A value may be a proxy or have a getter that throws.
  const problems = Result.fromThrowable(problemsOf)(value).unwrapOr([{ path: [], message: 'cannot be read: looking at it fails' }])
  const [first] = problems
  // Every member that ProjectConfig names was looked at.
  if (first === undefined) return ok(value as ProjectConfig)
  const lines = problems.map(({ path, message }) => `${path.length === 0 ? 'the configuration' : path.join('.')} ${message}`)
  const message =
    lines.length === 1 ? (lines[0] ?? '') : `${lines.length} things are wrong:\n${lines.map((line) => `  ${line}`).join('\n')}`
  const remedy = 'Use defineConfig of @hanse/provisioning: the compiler then checks the configuration as you write it.'
  return err(stackError('InvalidInput', message, { path: first.path }, { remedy }))
}

interface ConfigProblem {
  readonly path: readonly string[]
  readonly message: string
}

const members = ['clouds', 'stack', 'environments']
/** As the state store wants it. */
const environmentName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/

function problemsOf(value: unknown): readonly ConfigProblem[] {
  if (!isRecord(value)) return [{ path: [], message: `must be an object with ${members.join(', ')}, and is ${show(value)}` }]
  const strangers = Object.keys(value)
    .filter((name) => !members.includes(name))
    .map((name) => ({ path: [name], message: `is not a member here; there are ${members.join(', ')}` }))
  const clouds = isRecord(value['clouds']) ? Object.keys(value['clouds']) : []
  return [
    ...cloudProblems(value['clouds']),
    ...stackProblems(value['stack']),
    ...environmentProblems(value['environments'], clouds),
    ...strangers,
  ]
}

function cloudProblems(clouds: unknown): readonly ConfigProblem[] {
  if (!isRecord(clouds)) return [{ path: ['clouds'], message: `must be a record of clouds by name, and is ${show(clouds)}` }]
  if (Object.keys(clouds).length === 0) return [{ path: ['clouds'], message: 'must name at least one cloud' }]
  return Object.entries(clouds)
    .filter(([, source]) => !isSource(source))
    .map(([name, source]) => ({
      path: ['clouds', name],
      message: `must be a cloud that a driver makes, such as local({ path }), and is ${show(source)}`,
    }))
}

const isSource = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value['driver'] === 'string' &&
  Array.isArray(value['always']) &&
  Array.isArray(value['probed']) &&
  typeof value['load'] === 'function'

function stackProblems(stack: unknown): readonly ConfigProblem[] {
  const sound =
    isRecord(stack) &&
    typeof stack['name'] === 'string' &&
    stack['members'] instanceof Map &&
    isRecord(stack['outputs']) &&
    Array.isArray(stack['problems'])
  return sound ? [] : [{ path: ['stack'], message: `must be what defineStack gives, and is ${show(stack)}` }]
}

function environmentProblems(environments: unknown, clouds: readonly string[]): readonly ConfigProblem[] {
  if (!isRecord(environments))
    return [{ path: ['environments'], message: `must be a record of environments by name, and is ${show(environments)}` }]
  if (Object.keys(environments).length === 0) return [{ path: ['environments'], message: 'must name at least one environment' }]
  const known = (path: readonly string[], cloud: unknown): readonly ConfigProblem[] =>
    typeof cloud === 'string' && clouds.includes(cloud)
      ? []
      : [{ path, message: `must name one of the clouds (${clouds.join(', ') || 'there are none'}), and is ${show(cloud)}` }]
  return Object.entries(environments).flatMap(([name, clouded]) => {
    const path = ['environments', name]
    if (!environmentName.test(name))
      return [{ path, message: 'is no name for an environment: 1 to 63 letters, digits, dots, hyphens or underscores' }]
    if (!isRecord(clouded)) return known(path, clouded)
    if (Object.keys(clouded).length === 0) return [{ path, message: 'must name a cloud for each cloud of the stack' }]
    return Object.entries(clouded).flatMap(([on, cloud]) => known([...path, on], cloud))
  })
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function show(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value)
  return typeof value === 'object' ? 'another object' : `a ${typeof value}`
}
