import { err, ok } from 'neverthrow'
import type { Result } from 'neverthrow'

/** Reads a whole number. */
export const wholeNumber =
  (min: number, max: number) =>
  (text: string): Result<number, string> => {
    const value = Number(text)
    return /^\d+$/.test(text) && value >= min && value <= max ? ok(value) : err(`expected a whole number from ${min} to ${max}`)
  }

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Reads a time such as `500ms`, `30s`, `5m` or `1h`, in ms. A number alone is seconds. */
export function time(text: string): Result<number, string> {
  const [, number, unit = 's'] = /^(\d{1,9})(ms|s|m|h)?$/.exec(text) ?? []
  const factor = units[unit]
  return number === undefined || factor === undefined ? err('expected a time such as 30s, 5m or 1h') : ok(Number(number) * factor)
}

/** Reads `name=value`. */
export function assignment(text: string): Result<readonly [string, string], string> {
  const at = text.indexOf('=')
  return at < 1 ? err('expected name=value') : ok([text.slice(0, at), text.slice(at + 1)])
}
