import { isSecret, Secret } from '@hanse/core'
import type { AnyKind } from '@hanse/core'
import { Result } from 'neverthrow'
import { isWanted } from '../stack/builders.ts'
import { Output } from '../stack/output.ts'
import { isPlain } from '../stack/own-spec.ts'
import type { AnyWanted } from '../stack/wanted.ts'
import type { JsonObject } from '../state/recorded-resource.ts'
import { Later } from './later.ts'

/** What is known of a wanted resource: its id and outputs, once it is there. */
export interface Known {
  readonly id: string
  readonly outputs: JsonObject
}

/** What is known of a wanted resource, or that it is known later. */
export type Knows = (wanted: AnyWanted) => Known | Later

type OnFault = (path: Path, cause: unknown) => void
type Path = readonly (string | number)[]

/**
 * Puts values in the place of references and outputs. What is not known yet becomes a {@link Later}. A function of the stack's author that
 * throws is answered by `onFault`, with the path to it.
 */
function evaluate(value: unknown, knows: Knows, onFault: OnFault, path: Path): unknown {
  if (isWanted(value)) {
    const known = knows(value)
    return known instanceof Later ? known : known.id
  }
  if (value instanceof Output) return evaluateOutput(value, knows, (cause) => onFault(path, cause))
  if (isSecret(value)) return value
  if (Array.isArray(value)) return value.map((item, index) => evaluate(item, knows, onFault, [...path, index]))
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, evaluate(member, knows, onFault, [...path, name])]))
}

/**
 * Evaluates the spec of a resource. What is secret by its description is wrapped, wherever it came from; what a function of the program
 * says when it throws is not repeated there.
 */
export function evaluateSpec(
  { fields }: Pick<AnyKind, 'fields'>,
  spec: Readonly<Record<string, unknown>>,
  knows: Knows,
  onFault: (path: Path, message: string) => void,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(spec).map(([name, given]) => {
      const isHidden = fields[name]?.secret === true
      const value = evaluate(given, knows, (path, cause) => onFault(path, programFault(cause, !isHidden)), [name])
      return [name, isHidden && typeof value === 'string' ? new Secret(value) : value]
    }),
  )
}

/** The value of one output, if what it comes from is known. */
export function evaluateOutput(output: Output<unknown>, knows: Knows, onFault: (cause: unknown) => void): unknown {
  const values: unknown[] = []
  for (const { of, name } of output.sources) {
    const known = knows(of as AnyWanted)
    if (known instanceof Later) return known
    values.push(known.outputs[name])
  }
  return Result.fromThrowable(() => output.compute(values))().match(
    (value) => value,
    (cause) => {
      onFault(cause)
      return undefined
    },
  )
}

/** What is said of a function of the stack's author that threw. What it says itself is left out where it may hold a secret. */
export const programFault = (cause: unknown, mayTell: boolean): string =>
  `a function of the program failed${mayTell && cause instanceof Error && cause.message !== '' ? `: ${cause.message}` : ''}`
