import type { CloudError, CloudErrorCode, CloudResult } from '@hanse/core'
import { ConformanceFailure } from './failure.ts'

/** The value of a result that must be `Ok`. */
export function expectOk<T>(result: CloudResult<T>, what: string): T {
  if (result.isOk()) return result.value
  throw new ConformanceFailure(`${what}: expected Ok, got ${shown(result.error)}`)
}

/** The error of a result that must be an `Err` with one of these codes, narrowed to them. */
export function expectCode<const Code extends CloudErrorCode>(
  result: CloudResult<unknown>,
  codes: Code | readonly Code[],
  what: string,
): Extract<CloudError, { readonly code: Code }> {
  const wanted: readonly string[] = typeof codes === 'string' ? [codes] : codes
  if (result.isOk()) throw new ConformanceFailure(`${what}: expected ${wanted.join(' or ')}, got Ok with ${JSON.stringify(result.value)}`)
  if (!wanted.includes(result.error.code))
    throw new ConformanceFailure(`${what}: expected ${wanted.join(' or ')}, got ${shown(result.error)}`)
  // Its code is one of those asked for.
  return result.error as Extract<CloudError, { readonly code: Code }>
}

/** What must be true. The message says what was expected and what was seen. */
export function expectThat(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ConformanceFailure(message)
}

/** What must be equal, compared as JSON with the members of objects in any order. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [seen, wanted] = [canonical(actual), canonical(expected)]
  expectThat(seen === wanted, `${what}: expected ${wanted}, got ${seen}`)
}

const shown = (error: CloudError): string =>
  `${error.code}: ${error.message}${Object.keys(error.details).length === 0 ? '' : ` ${JSON.stringify(error.details)}`}`

const canonical = (value: unknown): string => JSON.stringify(sorted(value)) ?? 'nothing'

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  )
}
