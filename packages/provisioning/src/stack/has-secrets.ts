import { isSecret, kinds } from '@hanse/core'
import type { AnyKind } from '@hanse/core'
import { Output } from './output.ts'
import type { Stack } from './stack.ts'
import { isWanted } from './builders.ts'

/** Whether a stack gives a cloud something secret, so that its state needs a key. Says so too for what only may turn out to be secret. */
export const hasSecrets = (stack: Pick<Stack, 'members'>): boolean =>
  [...stack.members.values()].some(({ wanted }) => {
    const fields = (kinds as Readonly<Record<string, AnyKind>>)[wanted.kind]?.fields ?? {}
    return Object.entries(wanted.spec).some(([name, value]) => value !== undefined && (fields[name]?.secret === true || holdsSecret(value)))
  })

function holdsSecret(value: unknown): boolean {
  if (isSecret(value)) return true
  // What is referred to is a member itself, and no kind gives a secret as an output.
  if (typeof value !== 'object' || value === null || isWanted(value) || value instanceof Output) return false
  return Object.values(value).some(holdsSecret)
}
