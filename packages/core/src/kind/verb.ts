import type { AnyField } from './field.ts'
import { object, optional, record, text } from './field.ts'
import type { Action, AnyKind } from './kind.ts'

/** A verb of a kind, standard or its own, in one form: what checks, calls, flags and pages read. */
export interface Verb extends Action {
  readonly name: string
}

/** Every verb of a kind, in the order in which a person would look for them. */
export const verbsOf = (kind: AnyKind): readonly Verb[] => [
  ...kind.verbs.map((name) => ({ name, ...standard[name](kind), needs: kind.verbNeeds?.[name] })),
  ...(canMake(kind) ? [{ name: 'findByKey', ...findByKey(kind), needs: kind.verbNeeds?.create }] : []),
  ...Object.entries(kind.actions).map(([name, action]) => ({ name, ...action })),
]

const cache = new WeakMap<AnyKind, ReadonlyMap<string, Verb>>()

/** One verb of a kind by name. */
export function verbOf(kind: AnyKind, name: string): Verb | undefined {
  let byName = cache.get(kind)
  if (byName === undefined) {
    byName = new Map(verbsOf(kind).map((verb) => [verb.name, verb]))
    cache.set(kind, byName)
  }
  return byName.get(name)
}

/** Whether resources of a kind can be made, by `create` or by an action that brings bytes. */
export const canMake = (kind: AnyKind): boolean =>
  kind.verbs.includes('create') || Object.values(kind.actions).some((action) => action.effect === 'creates' && action.on === 'kind')

/** The fields of a kind that `update` takes. */
export const changeableFields = (kind: AnyKind): Readonly<Record<string, AnyField>> =>
  Object.fromEntries(
    Object.entries(kind.fields)
      .filter(([, field]) => field.onChange === 'update')
      .map(([name, field]) => [name, { ...field, optional: true }]),
  )

/** The fields by which a list can be asked for a part: those that name another resource. */
export const filterFields = (kind: AnyKind): Readonly<Record<string, AnyField>> =>
  Object.fromEntries(
    Object.entries(kind.fields)
      .filter(([, field]) => field.shape.type === 'reference')
      .map(([name, field]) => [name, { ...field, needs: undefined, optional: true }]),
  )

const owner = object<{ readonly stack: string; readonly environment?: string | undefined }>('Whose.', {
  stack: text('The id of the stack.', { min: 1, max: 255 }),
  environment: optional(text('The environment of the stack.', { min: 1, max: 255 })),
})

const standard: { readonly [V in AnyKind['verbs'][number]]: (kind: AnyKind) => Action } = {
  create: (kind) => ({
    summary: 'Makes one.',
    on: 'kind',
    takes: { spec: { ...owner, summary: 'What it is to be.', shape: { type: 'object', fields: kind.fields } } },
    effect: 'creates',
  }),
  get: () => ({ summary: 'Shows one.', on: 'one', takes: {}, effect: 'reads' }),
  list: (kind) => ({
    summary: 'Shows all.',
    on: 'kind',
    takes: {
      filter: {
        ...owner,
        summary: 'Which of them.',
        shape: {
          type: 'object',
          fields: {
            name: optional(text('Of this name.', { max: 255 })),
            labels: optional(record('With these labels.', text('', { max: 255 }))),
            owner: optional(owner),
            ...filterFields(kind),
          },
        },
      },
    },
    effect: 'lists',
  }),
  update: (kind) => ({
    summary: 'Changes one in place.',
    on: 'one',
    takes: { changes: { ...owner, summary: 'What is to change.', shape: { type: 'object', fields: changeableFields(kind) } } },
    effect: 'changes',
  }),
  delete: () => ({ summary: 'Removes one.', on: 'one', takes: {}, effect: 'deletes' }),
}

const findByKey = (kind: AnyKind): Action => ({
  summary: 'Finds what a create with this key has made.',
  on: 'kind',
  takes: { key: text('The idempotency key.', { min: 1, max: 255 }) },
  options: { spec: { ...owner, optional: true, summary: 'What was asked for.', shape: { type: 'object', fields: kind.fields } } },
  effect: 'reads',
})
