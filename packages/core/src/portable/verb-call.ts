import type { CloudErrorContext } from '../errors.ts'
import type { Verb } from '../kind/verb.ts'
import type { Deadline } from './deadline.ts'
import type { PortableCall } from './invoke.ts'

/** A call that was checked and whose time has begun. */
export interface VerbCall {
  readonly verb: Verb
  readonly call: PortableCall
  readonly context: CloudErrorContext
  readonly deadline: Deadline
}

/** What a verb takes, by name, as the caller gave it. */
export const givenBy = ({ verb, call }: Pick<VerbCall, 'verb' | 'call'>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.keys(verb.takes).map((name, index) => [name, call.args[index + (verb.on === 'one' ? 1 : 0)]]))
