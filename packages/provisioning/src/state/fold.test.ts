import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEvent } from './fold.ts'
import type { RecordedResource } from './recorded-resource.ts'
import type { IntentEvent, StateEvent } from './state-event.ts'

// The same runs every time, so that a change is judged by what it changed; another number looks elsewhere.
fc.configureGlobal({ seed: 1241 })

const made = { key: 'key-1', kind: 'server', on: 'main' }
const create: StateEvent = {
  type: 'intent',
  action: 'create',
  address: 'web',
  generation: 1,
  ...made,
  name: 'shop-web',
  spec: { size: 1 },
  dependsOn: ['net'],
}
const accepted: StateEvent = { type: 'accepted', address: 'web', generation: 1, id: 'i-1' }
const done: StateEvent = { type: 'done', address: 'web', generation: 1, id: 'i-1', outputs: { ip: '10.0.0.1' } }
const update: StateEvent = {
  type: 'intent',
  action: 'update',
  address: 'web',
  generation: 1,
  name: 'shop-web-2',
  spec: { size: 2 },
  dependsOn: ['lan'],
}
const failed: StateEvent = { type: 'failed', address: 'web', generation: 1, code: 'Unavailable', message: 'no answer' }
const remove: StateEvent = { type: 'intent', action: 'delete', address: 'web', generation: 1 }
const gone: StateEvent = { type: 'gone', address: 'web', generation: 1 }
const replace: StateEvent = {
  type: 'intent',
  action: 'replace',
  address: 'web',
  generation: 2,
  ...made,
  key: 'key-2',
  name: 'shop-web-b',
  spec: { size: 3 },
  dependsOn: [],
}
const doneAgain: StateEvent = { ...done, generation: 2, id: 'i-2' }

/** What is known of `web` after these events, as after a crash behind the last of them. */
function after(...events: readonly StateEvent[]): RecordedResource | undefined {
  const resources = new Map<string, RecordedResource>()
  for (const event of events) applyEvent(resources, event)._unsafeUnwrap()
  return resources.get('web')
}

/** Why the last of these events cannot follow the others. */
function refusal(...events: readonly StateEvent[]): string {
  const resources = new Map<string, RecordedResource>()
  const before = events.slice(0, -1)
  for (const event of before) applyEvent(resources, event)._unsafeUnwrap()
  const untouched = new Map(resources)
  const reason = applyEvent(resources, events.at(-1) ?? gone)._unsafeUnwrapErr()
  expect(resources).toEqual(untouched)
  return reason
}

describe('what the state knows after a crash', () => {
  it('between the intent of a create and its end: that it may be there, under its key', () => {
    expect(after(create)).toEqual({
      ...{ address: 'web', generation: 1, ...made, name: 'shop-web', spec: { size: 1 }, outputs: {}, dependsOn: ['net'] },
      ...{ status: 'pending', pending: { action: 'create' } },
    })
  })

  it('after the cloud accepted it: that it is there, under its id, and not whether it is ready', () => {
    expect(after(create, accepted)).toMatchObject({ status: 'pending', id: 'i-1', pending: { action: 'create' } })
  })

  it('after its end: all of it, and nothing uncertain', () => {
    expect(after(create, accepted, done)).toEqual({
      ...{ address: 'web', generation: 1, ...made, name: 'shop-web', spec: { size: 1 }, dependsOn: ['net'] },
      ...{ status: 'present', id: 'i-1', outputs: { ip: '10.0.0.1' } },
    })
  })

  it('after an error: that it may be there all the same, and what the error was', () => {
    expect(after(create, failed)).toMatchObject({
      status: 'pending',
      pending: { action: 'create', failure: { code: 'Unavailable', message: 'no answer' } },
    })
    expect(after(create, gone)).toBeUndefined()
  })

  it('in an update: what was before, what may be now, and everything that either needs', () => {
    expect(after(create, done, update)).toMatchObject({
      ...{ status: 'pending', id: 'i-1', name: 'shop-web', spec: { size: 1 }, dependsOn: ['net', 'lan'] },
      pending: { action: 'update', to: { name: 'shop-web-2', spec: { size: 2 }, dependsOn: ['lan'] } },
    })
    expect(after(create, done, update, done)).toMatchObject({
      status: 'present',
      name: 'shop-web-2',
      spec: { size: 2 },
      dependsOn: ['lan'],
    })
  })

  it('after an update that is found not to have happened: what was before', () => {
    const settled = after(create, done, update, { ...done, spec: { size: 1 } })
    expect(settled).toMatchObject({ status: 'present', name: 'shop-web', spec: { size: 1 } })
    expect(settled?.pending).toBeUndefined()
  })

  it('in a delete: that it may be gone', () => {
    expect(after(create, done, remove)).toMatchObject({ status: 'deleting', id: 'i-1', pending: { action: 'delete' } })
    expect(after(create, done, remove, failed)).toMatchObject({ status: 'deleting', pending: { failure: { code: 'Unavailable' } } })
    expect(after(create, done, remove, gone)).toBeUndefined()
    expect(after(create, done, remove, done)).toMatchObject({ status: 'present' })
  })

  it('in a replacement that is made first: both of them', () => {
    expect(after(create, done, replace)).toMatchObject({
      status: 'pending',
      key: 'key-2',
      spec: { size: 3 },
      previous: { status: 'present', id: 'i-1', key: 'key-1' },
    })
    expect(after(create, done, replace, doneAgain)).toMatchObject({
      status: 'present',
      id: 'i-2',
      previous: { status: 'present', id: 'i-1' },
    })
    expect(after(create, done, replace, doneAgain, remove)).toMatchObject({
      status: 'present',
      id: 'i-2',
      previous: { status: 'deleting', id: 'i-1' },
    })
    const replaced = after(create, done, replace, doneAgain, remove, gone)
    expect(replaced).toMatchObject({ status: 'present', id: 'i-2' })
    expect(replaced).not.toHaveProperty('previous')
  })

  it('in a replacement whose predecessor goes first: the same, in the other order', () => {
    expect(after(create, done, replace, remove)).toMatchObject({ status: 'pending', previous: { status: 'deleting', id: 'i-1' } })
    expect(after(create, done, replace, remove, gone)).toMatchObject({ status: 'pending', generation: 2, key: 'key-2' })
    expect(after(create, done, replace, remove, gone, doneAgain)).toMatchObject({ status: 'present', id: 'i-2' })
  })

  it('after a replacement that came to nothing: its predecessor again', () => {
    expect(after(create, done, replace, { ...gone, generation: 2 })).toEqual(after(create, done))
  })

  it('after a replacement of a replacement: all three, each by its generation', () => {
    const third = { ...replace, generation: 3, key: 'key-3' } as const
    expect(after(create, done, replace, doneAgain, third)).toMatchObject({
      generation: 3,
      previous: { generation: 2, previous: { generation: 1 } },
    })
    const middleGone = after(create, done, replace, doneAgain, third, { ...gone, generation: 2 })
    expect(middleGone).toMatchObject({ generation: 3, previous: { generation: 1, id: 'i-1' } })
  })

  it('after a record as a whole: that record', () => {
    const record = after(create, done)
    expect(record && after({ type: 'recorded', resource: record })).toEqual(record)
  })
})

describe('an event that cannot follow', () => {
  it.each<[string, readonly StateEvent[], RegExp]>([
    ['an end that nobody announced', [done], /does not know/],
    ['an end of another generation', [create, { ...done, generation: 2 }], /generation 2, which the state does not know/],
    ['a create of what is there', [create, { ...(create as IntentEvent), generation: 2 }], /stands in the state already/],
    ['a replace of nothing', [replace], /does not know/],
    ['a replace by an older generation', [create, done, { ...replace, generation: 1 }], /not newer than 1/],
    ['an update of what is not known to be there', [create, update], /not known to be there/],
    ['a failure of nothing that was begun', [create, done, failed], /nothing was begun/],
  ])('%s changes nothing and is answered with the reason', (_, events, reason) => {
    expect(refusal(...events)).toMatch(reason)
  })

  it('is refused whatever the order, and no order makes the fold throw or leaves a pending change unsaid', () => {
    const event = fc.constantFrom(create, accepted, done, update, failed, remove, gone, replace, doneAgain, { ...gone, generation: 2 })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const resources = new Map<string, RecordedResource>()
        for (const next of events) {
          const applied = applyEvent(resources, next)
          const web = resources.get('web')
          if (web !== undefined) expect(web.status === 'present').toBe(web.pending === undefined)
          if (applied.isOk() && next.type === 'done')
            expect([web, web?.previous].some((known) => known?.id === next.id && known.status === 'present')).toBe(true)
          if (applied.isOk() && next.type === 'intent') expect(JSON.stringify(web)).toContain(`"action":"${next.action}"`)
        }
      }),
    )
  })
})
