import { err, ok, Result } from 'neverthrow'
import type { StackError } from '../stack-error.ts'
import type { JsonObject, RecordedResource } from '../state/recorded-resource.ts'
import { openSecrets, sealSecrets } from '../state/secrets.ts'
import type { StateKey } from '../state/state-key.ts'
import { stackError } from '../stack-error.ts'
import type { StackKind } from '../operations/stack-kind.ts'
import { isSecret } from '@hanse/core'
import { toJson } from '../operations/to-json.ts'

/** Seals and opens the secrets in the specs of one stack. */
export interface SpecSeal {
  seal(address: string, kind: StackKind, spec: Readonly<Record<string, unknown>>): Result<JsonObject, StackError>
  open(resource: RecordedResource): Result<JsonObject, StackError>
}

/** Makes the seal of a stack. A stack without secrets needs no key. */
export const specSeal = (stackId: string, key: StateKey | undefined): SpecSeal => ({
  seal: (address, { kind }, spec) => {
    const secret = new Set(Object.keys(spec).filter((field) => kind.fields[field]?.secret === true || isSecret(spec[field])))
    const plain = toJson(Object.fromEntries(Object.entries(spec).filter(([field]) => kind.fields[field]?.shape.type !== 'native')))
    if (secret.size === 0) return ok(plain)
    if (key === undefined) {
      const remedy = 'Give the key of the state: HANSE_STATE_KEY, or a key file.'
      return err(
        stackError(
          'WrongStateKey',
          `${address} has a secret (${[...secret].join(', ')}), and there is no key to encrypt it with.`,
          { needed: undefined, given: undefined },
          { remedy },
        ),
      )
    }
    // Objects stay objects.
    return sealSecrets(plain, (path) => path.length === 2 && secret.has(String(path[1])), key, { stackId, address, path: ['spec'] }).map(
      (sealed) => sealed as JsonObject,
    )
  },
  open: ({ address, spec }) => openSecrets(spec, key, { stackId, address, path: ['spec'] }).map((opened) => opened as JsonObject),
})

/** Opens the specs of every recorded resource, by address. */
export const openSpecs = (
  seal: SpecSeal,
  resources: ReadonlyMap<string, RecordedResource>,
): Result<ReadonlyMap<string, JsonObject>, StackError> =>
  Result.combine([...resources.values()].map((resource) => seal.open(resource).map((spec) => [resource.address, spec] as const))).map(
    (entries) => new Map(entries),
  )
