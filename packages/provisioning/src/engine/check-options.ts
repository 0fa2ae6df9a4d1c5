import { stackError } from '../stack-error.ts'
import type { StackError } from '../stack-error.ts'
import type { ApplyOptions } from './options.ts'

/** What is wrong with how a stack is to be worked on; undefined when nothing is. */
export function optionsFault(options: Partial<ApplyOptions>): StackError | undefined {
  const { environment, state, parallelism = 1, readyTimeoutMs = 0, pollMs = 1, leaseWaitMs = 0 } = options
  if (typeof environment !== 'string') return fault('environment', 'is the name of an instance of the stack, such as dev or prod')
  if (typeof state?.open !== 'function') return fault('state', 'is where the state lies: fileStateStore(…) or memoryStateStore()')
  if (!Number.isSafeInteger(parallelism) || parallelism < 1) return fault('parallelism', 'is a whole number of calls, 1 or more')
  if (!(readyTimeoutMs >= 0)) return fault('readyTimeoutMs', 'is a number of milliseconds, 0 or more')
  if (!(pollMs > 0)) return fault('pollMs', 'is a number of milliseconds, more than 0')
  if (!(leaseWaitMs >= 0)) return fault('leaseWaitMs', 'is a number of milliseconds, 0 or more')
  return undefined
}

const fault = (option: string, message: string): StackError => stackError('InvalidInput', `${option} ${message}.`, { path: [option] })
