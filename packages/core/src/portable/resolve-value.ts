import { err, ok } from 'neverthrow'
import type { AnyField, Shape } from '../kind/field.ts'
import type { Problem } from '../limits.ts'
import type { CloudResult } from '../result.ts'
import { isSecret, Secret } from '../secret.ts'
import { resolveChoice } from './resolve-choice.ts'
import type { Choosing } from './resolve-choice.ts'
import { toStream } from './to-stream.ts'

type Path = Problem['path']

/**
 * Makes of a checked argument what a driver takes, at any depth: an id in the place of a name or selector, a `Secret` in the place of a
 * secret text, a stream in the place of bytes. Whatever needs none of that is passed on as it is.
 */
export async function resolveField(choosing: Choosing, field: AnyField, value: unknown, path: Path): Promise<CloudResult<unknown>> {
  if (value === undefined) return ok(undefined)
  if (field.secret) return ok(isSecret(value) ? value : new Secret(value))
  return resolveShape(choosing, field.shape, value, path)
}

async function resolveShape(choosing: Choosing, shape: Shape, value: unknown, path: Path): Promise<CloudResult<unknown>> {
  switch (shape.type) {
    case 'choice':
      return resolveChoice(choosing, shape.of, value, path)
    case 'bytes':
      return ok(toStream(value))
    case 'object':
      return resolveMembers(value, path, (name, member, at) => {
        const field = shape.fields[name]
        return field === undefined ? Promise.resolve(ok(member)) : resolveField(choosing, field, member, at)
      })
    case 'record':
      return resolveMembers(value, path, (_, member, at) => resolveShape(choosing, shape.of, member, at))
    case 'list': {
      const items: unknown[] = []
      for (const [index, item] of (value as readonly unknown[]).entries()) {
        const resolved = await resolveShape(choosing, shape.of, item, [...path, index])
        if (resolved.isErr()) return err(resolved.error)
        items.push(resolved.value)
      }
      return ok(items)
    }
    default:
      return ok(value)
  }
}

async function resolveMembers(
  value: unknown,
  path: Path,
  resolve: (name: string, member: unknown, at: Path) => Promise<CloudResult<unknown>>,
): Promise<CloudResult<unknown>> {
  const members: [string, unknown][] = []
  for (const [name, member] of Object.entries(value as object)) {
    const resolved = await resolve(name, member, [...path, name])
    if (resolved.isErr()) return err(resolved.error)
    members.push([name, resolved.value])
  }
  return ok(Object.fromEntries(members))
}
