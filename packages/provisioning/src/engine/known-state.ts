import { isSecret } from '@hanse/core'
import { err, ok, Result } from 'neverthrow'
import type { StackKind } from '../operations/stack-kind.ts'
import { toJson } from '../operations/to-json.ts'
import { stackError } from '../stack-error.ts'
import type { StackError } from '../stack-error.ts'
import type { JsonObject, RecordedResource } from '../state/recorded-resource.ts'
import { openSecrets, sealSecrets } from '../state/secrets.ts'
import type { StateKey } from '../state/state-key.ts'

/** Seals and opens the secrets in the specs of one stack. */
export interface SpecSeal {
  seal(address: string, kind: StackKind, spec: Readonly<Record<string, unknown>>): Result<JsonObject, StackError>
  open(address: string, spec: JsonObject): Result<JsonObject, StackError>
}

/** Makes the seal of a stack. A stack without secrets needs no key. */
export const specSeal = (stackId: string, key: StateKey | undefined): SpecSeal => ({
  seal: (address, stackKind, spec) => {
    const secret = new Set(secretFields(stackKind, spec))
    const { fields } = stackKind.kind
    const plain = toJson(Object.fromEntries(Object.entries(spec).filter(([field]) => fields[field]?.shape.type !== 'native')))
    if (secret.size === 0) return ok(plain)
    if (key === undefined) return err(keyMissing(address, [...secret]))
    // Objects stay objects.
    return sealSecrets(plain, (path) => path.length === 2 && secret.has(String(path[1])), key, { stackId, address, path: ['spec'] }).map(
      (sealed) => sealed as JsonObject,
    )
  },
  open: (address, spec) => openSecrets(spec, key, { stackId, address, path: ['spec'] }).map((opened) => opened as JsonObject),
})

/** The fields of a spec that the state may hold encrypted only. */
export const secretFields = ({ kind }: StackKind, spec: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.keys(spec).filter((field) => spec[field] !== undefined && (kind.fields[field]?.secret === true || isSecret(spec[field])))

/** The error of a stack that has a secret and no key for it. */
export const keyMissing = (address: string, fields: readonly string[]): StackError =>
  stackError(
    'WrongStateKey',
    `${address} has a secret (${fields.join(', ')}), and there is no key to encrypt it with.`,
    { needed: undefined, given: undefined },
    { remedy: 'Give the key of the state: HANSE_STATE_KEY, or a key file.' },
  )

/** A resource and its predecessors that are not known to be gone, newest first. */
export function incarnations(resource: RecordedResource): readonly RecordedResource[] {
  const all: RecordedResource[] = []
  for (let each: RecordedResource | undefined = resource; each !== undefined; each = each.previous) all.push(each)
  return all
}

/** The recorded specs with their secrets open, of every incarnation. */
export type OpenedSpecs = ReadonlyMap<RecordedResource, JsonObject>

/** Opens the specs of everything that is recorded. */
export const openSpecs = (seal: SpecSeal, resources: ReadonlyMap<string, RecordedResource>): Result<OpenedSpecs, StackError> =>
  Result.combine(
    [...resources.values()]
      .flatMap(incarnations)
      .map((resource) => seal.open(resource.address, resource.spec).map((spec) => [resource, spec] as const)),
  ).map((entries) => new Map(entries))
