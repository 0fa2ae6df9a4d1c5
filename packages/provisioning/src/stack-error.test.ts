import { describe, expect, it } from 'vitest'
import { isStackError, stackError } from './stack-error.ts'
import type { StackError } from './stack-error.ts'

describe('a stack error', () => {
  it('is an Error that says what is wrong, what can be done, and what caused it', () => {
    const cause = new Error('ENOSPC')
    const error = stackError('StateUnwritable', 'The disk is full.', { path: 'p', reason: 'full' }, { remedy: 'Free some space.', cause })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'StackError',
      code: 'StateUnwritable',
      message: 'The disk is full.',
      remedy: 'Free some space.',
      cause,
    })
    expect(stackError('Cancelled', 'Stopped.', { unfinished: [] })).not.toHaveProperty('cause')
  })

  it('is known by its brand, whichever copy of the package has made it', () => {
    expect(isStackError(stackError('Cancelled', 'Stopped.', { unfinished: [] }))).toBe(true)
    expect(isStackError({ [Symbol.for('hanse.StackError')]: true })).toBe(true)
    for (const other of [new Error('Cancelled'), { code: 'Cancelled' }, null, undefined, 'Cancelled'])
      expect(isStackError(other)).toBe(false)
  })

  it('is told apart by its code, to the last one', () => {
    const detail = (error: StackError): unknown => {
      switch (error.code) {
        case 'LeaseHeld':
          return error.details.holder
        case 'LeaseLost':
          return error.details.epoch
        case 'PlanStale':
          return error.details.planned
        case 'StateUnreadable':
        case 'StateUnwritable':
        case 'InvalidStack':
        case 'InvalidInput':
          return error.details.path
        case 'WrongStateKey':
          return error.details.needed
        case 'ResourceFailed':
          return error.details.error.code
        case 'Unsupported':
          return error.details.capability
        case 'Cancelled':
          return error.details.unfinished
        default:
          // Does not compile when a code is added and not dealt with here.
          return error satisfies never
      }
    }
    expect(detail(stackError('PlanStale', 'It changed.', { planned: '1.2', actual: '1.3' }))).toBe('1.2')
    expect(detail(stackError('InvalidStack', 'No.', { path: ['a', 0] }))).toEqual(['a', 0])
  })
})
