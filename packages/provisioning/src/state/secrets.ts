import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { managedNonce } from '@noble/ciphers/utils.js'
import { err, ok, Result } from 'neverthrow'
import { stackError } from '../stack-error.ts'
import type { StackError } from '../stack-error.ts'
import type { JsonObject, JsonValue } from './recorded-resource.ts'
import type { StateKey } from './state-key.ts'
import { nodeStateRuntime } from './state-runtime.ts'
import type { StateRuntime } from './state-runtime.ts'

/** How a secret stands in a state: `$secret` is nonce and ciphertext in base64, `$key` the id of the key. */
export interface SealedSecret extends JsonObject {
  readonly $secret: string
  readonly $key: string
}

/** Where a secret belongs. It is bound to it: copied to another stack, address or field it does not open. */
export interface SecretPlace {
  readonly stackId: string
  readonly address: string
  /** The part of the record and the field within: `spec`, `userData`. */
  readonly path: SecretPath
}
/** The way to a value, from the outside in. */
export type SecretPath = readonly (string | number)[]

/** Whether a value read from a state is a sealed secret. */
export const isSealed = (value: JsonValue): value is SealedSecret =>
  isObject(value) && Object.keys(value).length === 2 && typeof value['$secret'] === 'string' && typeof value['$key'] === 'string'

/**
 * Encrypts every value for which `isSecret` answers true, whatever its type, with XChaCha20-Poly1305 under a nonce of its own.
 * The same value sealed twice does not look the same; open both to compare.
 * Fails with `InvalidInput` when a value that is no secret looks like a sealed one.
 */
export function sealSecrets(
  value: JsonValue,
  isSecret: (path: SecretPath) => boolean,
  key: StateKey,
  place: SecretPlace,
  runtime: Pick<StateRuntime, 'randomBytes'> = nodeStateRuntime,
): Result<JsonValue, StackError> {
  const { path } = place
  if (isSecret(path)) return ok(seal(value, key, place, runtime))
  if (isSealed(value))
    return err(stackError('InvalidInput', 'A value may not have exactly the fields $secret and $key.', { path: [place.address, ...path] }))
  return eachMember(value, (member, name) => sealSecrets(member, isSecret, key, { ...place, path: [...path, name] }, runtime))
}

/** Decrypts every sealed secret within a value. Fails with `WrongStateKey` when one needs another key, was changed, or was moved. */
export function openSecrets(value: JsonValue, key: StateKey | undefined, place: SecretPlace): Result<JsonValue, StackError> {
  if (isSealed(value)) return open(value, key, place)
  return eachMember(value, (member, name) => openSecrets(member, key, { ...place, path: [...place.path, name] }))
}

function seal(value: JsonValue, key: StateKey, place: SecretPlace, runtime: Pick<StateRuntime, 'randomBytes'>): SealedSecret {
  const cipher = managedNonce(xchacha20poly1305, (length = 0) => runtime.randomBytes(length))(key.bytes, bound(place))
  return { $secret: Buffer.from(cipher.encrypt(Buffer.from(JSON.stringify(value)))).toString('base64'), $key: key.id }
}

function open(sealed: SealedSecret, key: StateKey | undefined, place: SecretPlace): Result<JsonValue, StackError> {
  const where = `The secret ${place.path.join('.')} of ${place.address}`
  const details = { needed: sealed.$key, given: key?.id }
  if (key === undefined || key.id !== sealed.$key) {
    const given = key === undefined ? 'no key is given' : `the key given is ${key.id}`
    const remedy = `Bring the key ${sealed.$key}, with which this state was written.`
    return err(stackError('WrongStateKey', `${where} is encrypted with key ${sealed.$key}; ${given}.`, details, { remedy }))
  }
  return decrypt(sealed, key, place).mapErr(() =>
    stackError('WrongStateKey', `${where} does not open with key ${key.id}: it was changed, or brought here from another place.`, details, {
      remedy: 'Restore the state from a backup, or set the secret again.',
    }),
  )
}

const decrypt = Result.fromThrowable((sealed: SealedSecret, key: StateKey, place: SecretPlace): JsonValue => {
  const plain = managedNonce(xchacha20poly1305)(key.bytes, bound(place)).decrypt(Buffer.from(sealed.$secret, 'base64'))
  // What opens was sealed here, from JSON.
  return JSON.parse(Buffer.from(plain).toString('utf8')) as JsonValue
})

const bound = ({ stackId, address, path }: SecretPlace): Uint8Array => Buffer.from(JSON.stringify([stackId, address, path]))

function eachMember(
  value: JsonValue,
  to: (member: JsonValue, name: string | number) => Result<JsonValue, StackError>,
): Result<JsonValue, StackError> {
  if (isList(value)) return Result.combine(value.map((member, index) => to(member, index)))
  if (!isObject(value)) return ok(value)
  const members = Object.entries(value).map(([name, member]) => to(member, name).map((changed) => [name, changed] as const))
  return Result.combine(members).map((entries) => Object.fromEntries(entries))
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value)
const isObject = (value: JsonValue): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
