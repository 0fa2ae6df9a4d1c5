import { isWanted } from './builders.ts'
import { Output } from './output.ts'
import type { StackProblem } from './stack-problem.ts'
import type { AnyWanted } from './wanted.ts'

/** A wanted resource with its place in the stack. */
export interface Member {
  readonly address: string
  readonly wanted: AnyWanted
  /** Its spec, with what it brings from this machine read in. */
  readonly spec: Readonly<Record<string, unknown>>
  /** The addresses that must be there before it. */
  readonly dependsOn: readonly string[]
}

const namePattern = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/

/** Walks the record of a stack and gives each resource its address; finds what is unlisted, listed twice, or no resource at all. */
export function membersOf(
  name: string,
  resources: unknown,
  outputs: unknown,
): { readonly members: ReadonlyMap<string, Member>; readonly problems: readonly StackProblem[] } {
  const problems: StackProblem[] = []
  const addresses = new Map<AnyWanted, string>()
  if (typeof name !== 'string' || !namePattern.test(name))
    problems.push({ path: ['name'], message: 'a stack is named by a letter and up to 62 letters, digits, hyphens or underscores' })

  const walk = (value: unknown, path: readonly string[]): void => {
    if (value === undefined) return
    const address = path.join('.')
    if (isWanted(value)) {
      const other = addresses.get(value)
      if (other === undefined) addresses.set(value, address)
      else problems.push({ path: [address], message: `is the same resource as ${other}; make a second one, or list it once` })
    } else if (typeof value === 'object' && value !== null && !(value instanceof Output)) {
      for (const [key, member] of Object.entries(value)) {
        if (!Array.isArray(value) && !namePattern.test(key))
          problems.push({
            path: [...path, key],
            message: 'a resource or group is named by a letter and up to 62 letters, digits, hyphens or underscores',
          })
        walk(member, [...path, key])
      }
    } else
      problems.push({
        path: [address],
        message: `is ${typeof value === 'object' ? 'an output' : `a ${typeof value}`}, and must be a resource or a group of them`,
      })
  }
  if (typeof resources !== 'object' || resources === null || isWanted(resources))
    problems.push({ path: ['resources'], message: 'must be a record of resources by name' })
  else walk(resources, [])

  const members = new Map<string, Member>()
  for (const [wanted, address] of addresses) {
    const referred = referredTo(wanted.spec)
    const dependsOn = new Set<string>()
    for (const { to, path } of referred) {
      const at = addresses.get(to)
      if (at === undefined)
        problems.push({ path: [address, ...path], message: `refers to a ${to.kind} that is not in the stack; list it under a name` })
      else dependsOn.add(at)
    }
    members.set(address, { address, wanted, spec: wanted.spec, dependsOn: [...dependsOn] })
  }
  for (const [key, output] of Object.entries((outputs ?? {}) as Readonly<Record<string, unknown>>)) {
    if (!(output instanceof Output)) problems.push({ path: ['outputs', key], message: 'must be an output of a resource' })
    else
      for (const { of } of output.sources)
        if (!isWanted(of) || !addresses.has(of))
          problems.push({ path: ['outputs', key], message: 'comes from a resource that is not in the stack; list it under a name' })
  }
  return { members, problems }
}

interface Referral {
  readonly to: AnyWanted
  readonly path: readonly (string | number)[]
}

/** The resources that a spec refers to, directly or by their outputs, at any depth. */
function referredTo(value: unknown, path: readonly (string | number)[] = [], seen: readonly unknown[] = []): readonly Referral[] {
  if (typeof value !== 'object' || value === null || seen.includes(value)) return []
  if (isWanted(value)) return [{ to: value, path }]
  if (value instanceof Output) return value.sources.flatMap(({ of }) => (isWanted(of) ? [{ to: of, path }] : []))
  return Object.entries(value).flatMap(([key, member]) =>
    referredTo(member, [...path, Array.isArray(value) ? Number(key) : key], [...seen, value]),
  )
}
