import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { cloudError, isCloudError, isCloudErrorCode } from './errors.ts'
import type { CloudError, CloudErrorCode } from './errors.ts'
import { attempt, messageOf, settled, unclassified } from './result.ts'
import { Secret, isSecret, secret } from './secret.ts'
import { errorOf, valueOf } from './__fixtures__/outcome.ts'
import { okAsync } from 'neverthrow'

const context = { driver: 'fake', operation: 'server.get' }
const raw = new Error('request failed: Authorization: Bearer abcdef')

describe('a CloudError', () => {
  const error = cloudError('NotFound', 'no server', { ...context, requestId: 'r', cause: raw }, { kind: 'server', id: 'x' })

  it('is an Error with a code, its details and where it comes from', () => {
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ name: 'CloudError', code: 'NotFound', retryable: false, details: { kind: 'server', id: 'x' } })
    expect(error.cause).toBe(raw)
    expect(error.context.cause).toBe(raw)
  })

  it('shows the raw failure neither in JSON, nor on a console, nor in a copy of its context', () => {
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'NotFound',
      message: 'no server',
      retryable: false,
      details: { kind: 'server', id: 'x' },
      context: { driver: 'fake', operation: 'server.get', requestId: 'r' },
    })
    for (const text of [
      inspect(error, { depth: 9 }),
      inspect({ error }, { depth: 9, showHidden: false }),
      JSON.stringify({ ...error.context }),
    ])
      expect(text).not.toContain('abcdef')
    expect(inspect(error)).toContain('no server')
    expect(inspect(error)).toContain('errors.test.ts')
  })

  it('is known by its brand, whichever copy of core made it', () => {
    expect(isCloudError(error)).toBe(true)
    expect(isCloudError({ [Symbol.for('hanse.CloudError')]: true })).toBe(true)
    for (const other of [undefined, null, raw, 'NotFound', { code: 'NotFound' }]) expect(isCloudError(other)).toBe(false)
  })

  it('has one of a closed set of codes', () => {
    expect(isCloudErrorCode('NotFound')).toBe(true)
    for (const other of ['notFound', 'toString', '', 5, undefined]) expect(isCloudErrorCode(other)).toBe(false)
  })

  it('can be switched on, and the compiler knows when a code is left out', () => {
    const hintFor = (failure: CloudError): string => {
      switch (failure.code) {
        case 'InvalidArgument':
          return failure.details.path.join('.')
        case 'NotFound':
        case 'AlreadyExists':
          return failure.details.id
        case 'RateLimited':
          return String(failure.details.retryAfterMs)
        case 'QuotaExceeded':
          return failure.details.quota ?? ''
        case 'Unsupported':
          return failure.details.capability
        case 'FailedPrecondition':
          return failure.details.actual ?? ''
        case 'DeadlineExceeded':
          return String(failure.details.timeoutMs)
        case 'Unauthenticated':
        case 'PermissionDenied':
        case 'Unavailable':
        case 'Cancelled':
        case 'Unknown':
          return failure.message
        default:
          return failure satisfies never
      }
    }
    expect(hintFor(error)).toBe('x')
    const codes: readonly CloudErrorCode[] = ['Unavailable', 'Unknown']
    expect(codes.map((code) => hintFor(cloudError(code, code, context, {})))).toEqual(codes)
  })
})

describe('attempt', () => {
  it('gives a value, and makes values of what is thrown and rejected', async () => {
    expect(valueOf(await attempt(async () => 5, unclassified(context)))).toBe(5)
    const faults: readonly (() => never | Promise<never>)[] = [
      () => {
        throw new Error('thrown')
      },
      () => Promise.reject(new Error('thrown')),
    ]
    for (const fault of faults)
      expect(errorOf(await attempt(fault, unclassified(context)))).toMatchObject({ code: 'Unknown', message: 'thrown', context })
  })

  it('survives a classification that fails', async () => {
    const failing = (): never => {
      throw new Error('in toError')
    }
    expect(errorOf(await attempt(() => Promise.reject(new Error('x')), failing)).code).toBe('Unknown')
  })

  it('lets a CloudError through as it is', async () => {
    const error = cloudError('Cancelled', 'enough', context, {})
    expect(errorOf(await attempt(() => Promise.reject(error), unclassified(context)))).toBe(error)
  })

  it('settled takes nothing but a result', async () => {
    expect(valueOf(await settled(() => okAsync(5), context))).toBe(5)
    for (const wrong of [undefined, null, 5, {}]) expect(errorOf(await settled(() => wrong as never, context)).code).toBe('Unknown')
  })

  it('says of a failure what can be said', () => {
    expect(messageOf(new Error('m'))).toBe('m')
    expect(messageOf(new TypeError())).toBe('TypeError')
    expect(messageOf('text')).toBe('text')
    expect(messageOf(undefined)).toBe('a failure without a reason (undefined)')
    expect(messageOf(null)).toBe('a failure without a reason (null)')
    expect(messageOf(Object.create(null))).toBe('a failure that is a object')
    expect(messageOf(Symbol('s'))).toBe('a failure that is a symbol')
  })
})

describe('a Secret', () => {
  const password = secret('hunter2000')

  it('is shown by nothing but reveal()', () => {
    expect(password.reveal()).toBe('hunter2000')
    const shown = [
      String(password),
      `${password}`,
      JSON.stringify({ password }),
      inspect(password),
      inspect({ a: [password] }, { depth: 9, showHidden: true }),
      Object.keys(password).join(),
    ]
    for (const text of shown) expect(text).not.toContain('hunter')
    expect(JSON.stringify({ password })).toBe('{"password":"[secret]"}')
    expect({ ...password }).toEqual({})
  })

  it('does not get out through a copy, an error or a console', () => {
    expect(JSON.stringify(structuredClone({ password }))).not.toContain('hunter')
    expect(new Error(`wrong: ${password}`).message).toBe('wrong: [secret]')
  })

  it('is known, whichever copy of core made it', () => {
    expect(isSecret(password)).toBe(true)
    expect(isSecret(new Secret(5))).toBe(true)
    for (const other of [undefined, null, 'text', {}, { reveal: 'text' }]) expect(isSecret(other)).toBe(false)
  })
})
