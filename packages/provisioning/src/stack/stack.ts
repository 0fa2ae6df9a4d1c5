import { Result } from 'neverthrow'
import type { StackProblem } from './stack-problem.ts'
import type { Output } from './output.ts'
import { membersOf } from './members.ts'
import type { Member, Members } from './members.ts'
import type { Group, NeedsByCloud } from './wanted.ts'

/** A stack: what is wanted, by address. `Needs` says what each of its clouds must be able to do, `Outputs` what it gives. */
export interface Stack<Needs = unknown, Outputs = unknown> {
  readonly name: string
  /** Every wanted resource by its address, in the order of the record. */
  readonly members: ReadonlyMap<string, Member>
  readonly outputs: Readonly<Record<string, Output<unknown>>>
  /** What is wrong with the stack itself. Plan and apply answer the first as `InvalidStack`. */
  readonly problems: readonly StackProblem[]
  readonly _?: { readonly needs: Needs; readonly outputs: Outputs }
}

type Values<O> = { readonly [K in keyof O]: O[K] extends Output<infer T> ? T : never }

/**
 * Declares a stack: resources by name and what it gives. The names are the addresses (`edge.cache`); groups nest. A resource that others
 * refer to must stand in the record, under one name.
 *
 * @example
 * const net = network({})
 * const front = subnet({ network: net, cidr: '10.0.0.0/24' })
 * const web = server({ image: { os: 'debian', version: '13' }, size: { vcpus: 2, memoryGiB: 4 }, subnets: [front] })
 * export const shop = defineStack('shop', { net, front, web }, { addresses: web.outputs.addresses })
 */
export function defineStack<const R extends Group, const O extends Readonly<Record<string, Output<unknown>>> = Record<never, never>>(
  name: string,
  resources: R,
  outputs?: O,
): Stack<NeedsByCloud<R>, Values<O>> {
  // Whatever was given, even an object whose members cannot be read, is answered by what plan and apply say.
  const { members, outputs: sound, problems } = walk(name, resources, outputs).unwrapOr(unreadable)
  return { name: typeof name === 'string' ? name : '', members, outputs: sound, problems }
}

const walk = Result.fromThrowable(membersOf)
const unreadable: Members = { members: new Map(), outputs: {}, problems: [{ path: ['resources'], message: 'cannot be read' }] }
