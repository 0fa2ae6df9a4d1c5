import { Result } from 'neverthrow'
import type { LeaseClaim } from './state-medium.ts'

/** Reads a claim back; `undefined` for one that was not written to its end. */
export const parseLeaseClaim = (text: string): LeaseClaim | undefined => {
  const parsed = parse(text).unwrapOr(undefined)
  return isLeaseClaim(parsed) ? parsed : undefined
}

const parse: (text: string) => Result<unknown, unknown> = Result.fromThrowable((text: string): unknown => JSON.parse(text))

function isLeaseClaim(value: unknown): value is LeaseClaim {
  if (!isRecord(value) || !isRecord(value['owner'])) return false
  const { owner, token, since, ttlMs } = value
  const known = typeof owner['host'] === 'string' && typeof owner['pid'] === 'number' && typeof owner['space'] === 'string'
  return known && typeof token === 'string' && isTime(since) && isTime(ttlMs) && ttlMs > 0
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
/** The range of a JavaScript date; a time beyond it could not be shown. */
const isTime = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= 4e15
