import type { CloudError, CloudErrorCode } from '@hanse/core'
import type { StackError } from '@hanse/provisioning'
import type { Failure } from '../failure.ts'
import type { Host } from '../host.ts'
import { cleanLine, cleanText } from './clean-text.ts'
import { palette } from './palette.ts'
import type { Screen } from './screen.ts'
import { jsonVersion } from './screen.ts'

/** Says on stderr what went wrong and what to do: for people with every detail that helps, for programs as one JSON document. */
export function printFailure(host: Host, screen: Screen, failure: Failure): void {
  const debug = (host.env['HANSE_DEBUG'] ?? '') !== '' && host.env['HANSE_DEBUG'] !== '0'
  const trace = debug ? traceOf(failure) : undefined
  if (screen.json) {
    const { code, message, path, exit } = failure
    const details = cloudErrorOf(failure.error)?.toJSON() ?? detailsOf(failure.error)
    const remedy = remedyOf(failure)
    host.stderr.write(`${JSON.stringify({ version: jsonVersion, type: 'error', code, message, path, remedy, exit, details, trace })}\n`)
    return
  }
  // Colour follows the stream that it goes to.
  const colour = screen.paint('bold', 'x') !== 'x' && (host.stderr.isTTY || host.env['FORCE_COLOR'] !== undefined)
  const paint = palette(colour)
  const lines = [`${paint('red', 'Error:')} ${cleanText(failure.message)}`]
  for (const [name, value] of facts(failure)) lines.push(`  ${paint('dim', name.padEnd(9))} ${cleanLine(value)}`)
  const remedy = remedyOf(failure)
  if (remedy !== undefined)
    lines.push(
      ...cleanText(remedy)
        .split('\n')
        .map((line, index) => `  ${paint('cyan', (index === 0 ? 'do' : '').padEnd(9))} ${line}`),
    )
  if (trace !== undefined) lines.push(paint('dim', trace))
  host.stderr.write(`${lines.join('\n')}\n`)
}

function facts(failure: Failure): readonly (readonly [string, string])[] {
  const cloud = cloudErrorOf(failure.error)
  const path = failure.path ?? (cloud !== undefined && 'path' in cloud.details ? cloud.details.path : [])
  const found: (readonly [string, string])[] = []
  if (path.length > 0) found.push(['field', path.join('.')])
  if (cloud === undefined) return failure.error === undefined ? found : [...found, ['code', failure.code]]
  const { driver, operation, providerCode, requestId, exists } = cloud.context
  found.push(['code', providerCode === undefined ? cloud.code : `${cloud.code}, by the provider ${providerCode}`])
  found.push(['call', `${operation} of ${driver}`])
  if (requestId !== undefined) found.push(['request', requestId])
  for (const { kind, id } of exists ?? []) found.push(['exists', `${kind} ${id}`])
  return found
}

/** The cloud's own error, bare or inside a failed resource. */
function cloudErrorOf(error: StackError | CloudError | undefined): CloudError | undefined {
  if (error === undefined) return undefined
  if ('context' in error) return error
  return error.code === 'ResourceFailed' ? error.details.error : undefined
}

const detailsOf = (error: StackError | CloudError | undefined): object | undefined => error?.details

const remedyOf = (failure: Failure): string | undefined => {
  const cloud = cloudErrorOf(failure.error)
  return (
    [cloud === undefined ? undefined : remedies[cloud.code], failure.remedy].filter((line) => line !== undefined).join('\n') || undefined
  )
}

const remedies: { readonly [C in CloudErrorCode]: string | undefined } = {
  InvalidArgument: 'Mend the field named above.',
  Unauthenticated: 'Give credentials that are valid now.',
  PermissionDenied: 'Ask for the permission, or use credentials that have it.',
  NotFound: undefined,
  AlreadyExists: 'Choose another name, or delete what stands there.',
  FailedPrecondition: undefined,
  QuotaExceeded: 'Free some, or ask the provider for a higher quota.',
  RateLimited: 'Wait a moment, or run fewer calls at a time with --parallelism.',
  Unavailable: 'Try again in a moment.',
  DeadlineExceeded: 'Look at the resource in the cloud; it may still become ready.',
  Cancelled: undefined,
  Unsupported: 'Use another cloud for it, or leave it out.',
  Unknown: 'See the whole failure with HANSE_DEBUG=1, and report it.',
}

function traceOf({ error, cause }: Failure): string | undefined {
  const traces: string[] = []
  for (let at: unknown = error ?? cause; at instanceof Error && traces.length < 5; at = at.cause) traces.push(at.stack ?? String(at))
  return traces.length === 0 ? undefined : traces.join('\ncaused by ')
}
