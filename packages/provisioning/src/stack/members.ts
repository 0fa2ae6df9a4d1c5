import { isWanted } from './builders.ts'
import { Output } from './output.ts'
import { isPlain } from './own-spec.ts'
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

/** The members of a stack, and what is wrong with its form. */
export interface Members {
  readonly members: ReadonlyMap<string, Member>
  readonly outputs: Readonly<Record<string, Output<unknown>>>
  readonly problems: readonly StackProblem[]
}

const namePattern = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/
const nameWords = 'a letter and up to 62 letters, digits, hyphens or underscores'
/** A group within a group, and so on: deeper than anybody writes, and less than an address may be long. */
const deepest = 16

/** Walks the record of a stack and gives each resource its address; finds what is unlisted, listed twice, or no resource at all. */
export function membersOf(name: unknown, resources: unknown, outputs: unknown): Members {
  const problems: StackProblem[] = []
  if (typeof name !== 'string' || !namePattern.test(name)) problems.push({ path: ['name'], message: `a stack is named by ${nameWords}` })
  const addresses = addressesIn(resources, problems)

  const members = new Map<string, Member>()
  for (const [wanted, address] of addresses) {
    if (!isPlain(wanted.spec)) {
      problems.push({ path: [address], message: `expected an object that says what it is to be, got ${nameOf(wanted.spec)}` })
      continue
    }
    const dependsOn = new Set<string>()
    for (const { to, path } of referredTo(wanted.spec)) {
      const at = addresses.get(to)
      if (at === undefined)
        problems.push({ path: [address, ...path], message: `refers to a ${to.kind} that is not in the stack; list it under a name` })
      else dependsOn.add(at)
    }
    members.set(address, { address, wanted, spec: wanted.spec, dependsOn: [...dependsOn] })
  }
  return { members, outputs: outputsIn(outputs, addresses, problems), problems }
}

function addressesIn(resources: unknown, problems: StackProblem[]): ReadonlyMap<AnyWanted, string> {
  const addresses = new Map<AnyWanted, string>()
  const walk = (value: unknown, path: readonly string[]): void => {
    const address = path.join('.')
    if (value === undefined) return
    if (isWanted(value)) {
      const other = addresses.get(value)
      if (other === undefined) addresses.set(value, address)
      else problems.push({ path: [address], message: `is the same resource as ${other}; make a second one, or list it once` })
    } else if (!Array.isArray(value) && !isPlain(value)) {
      problems.push({ path: [address], message: `is ${nameOf(value)}, and must be a resource or a group of them` })
    } else if (path.length >= deepest) {
      problems.push({ path: [address], message: `groups nest at most ${deepest} deep` })
    } else {
      for (const [key, member] of Object.entries(value)) {
        const at = [...path, key]
        if (Array.isArray(value) || namePattern.test(key)) walk(member, at)
        else problems.push({ path: at, message: `a resource or group is named by ${nameWords}` })
      }
    }
  }
  if (isPlain(resources) && !isWanted(resources)) walk(resources, [])
  else problems.push({ path: ['resources'], message: 'must be a record of resources by name' })
  return addresses
}

function outputsIn(
  outputs: unknown,
  addresses: ReadonlyMap<AnyWanted, string>,
  problems: StackProblem[],
): Readonly<Record<string, Output<unknown>>> {
  if (outputs === undefined) return {}
  if (!isPlain(outputs)) {
    problems.push({ path: ['outputs'], message: 'must be a record of outputs by name' })
    return {}
  }
  const sound: [string, Output<unknown>][] = []
  for (const [key, output] of Object.entries(outputs)) {
    if (!(output instanceof Output)) problems.push({ path: ['outputs', key], message: 'must be an output of a resource' })
    else if (!output.sources.every(({ of }) => isWanted(of) && addresses.has(of)))
      problems.push({ path: ['outputs', key], message: 'comes from a resource that is not in the stack; list it under a name' })
    else sound.push([key, output])
  }
  return Object.fromEntries(sound)
}

interface Referral {
  readonly to: AnyWanted
  readonly path: readonly (string | number)[]
}

/** The resources that a spec refers to, directly or by their outputs. A spec is finite: it was copied when the resource was made. */
function referredTo(value: unknown, path: readonly (string | number)[] = []): readonly Referral[] {
  if (isWanted(value)) return [{ to: value, path }]
  if (value instanceof Output) return value.sources.flatMap(({ of }) => (isWanted(of) ? [{ to: of, path }] : []))
  if (Array.isArray(value)) return value.flatMap((item, index) => referredTo(item, [...path, index]))
  return isPlain(value) ? Object.entries(value).flatMap(([key, member]) => referredTo(member, [...path, key])) : []
}

const nameOf = (value: unknown): string => {
  if (value instanceof Output) return 'an output'
  if (Array.isArray(value)) return 'a list'
  if (value === null) return 'null'
  return typeof value === 'object' ? 'an object of a class' : `a ${typeof value}`
}
