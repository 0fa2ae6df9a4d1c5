import type { CloudError } from '../errors.ts'
import { cloudError } from '../errors.ts'
import { isSecret } from '../secret.ts'

/** Shorter ones would take ordinary words out of a message, and hide nothing that can be hidden. */
const shortestSecret = 4

/** The error without the secrets of the call: a provider may quote what it was sent. */
export function hideSecrets(error: CloudError, args: readonly unknown[]): CloudError {
  const secrets = args.flatMap((arg) => secretsIn(arg)).filter((text) => text.length >= shortestSecret)
  const message = secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), error.message)
  // Code and details stay together: they are those of one error.
  return message === error.message ? error : cloudError(error.code, message, error.context, error.details as never, error.retryable)
}

/** The secret texts in an argument, longest first, so that one within another is hidden with it. */
function secretsIn(value: unknown, depth = 0): readonly string[] {
  if (isSecret(value)) {
    const revealed = value.reveal()
    return typeof revealed === 'string'
      ? [revealed, ...revealed.split('\n').map((line) => line.trim())].sort((a, b) => b.length - a.length)
      : []
  }
  // Specs are plain and shallow; a stream or a signal is not looked into.
  if (
    typeof value !== 'object' ||
    value === null ||
    depth > 4 ||
    (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype)
  )
    return []
  return Object.values(value).flatMap((member) => secretsIn(member, depth + 1))
}
