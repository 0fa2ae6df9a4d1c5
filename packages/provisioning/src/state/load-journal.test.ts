import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeLine } from './journal-entry.ts'
import { memoryStateStore } from './memory-store.ts'
import type { StateMemory } from './memory-store.ts'
import type { RecordedResource } from './recorded-resource.ts'
import type { StateEvent } from './state-event.ts'
import type { StateView } from './state-store.ts'
import type { StackError } from '../stack-error.ts'
import type { Result } from 'neverthrow'

// The same runs every time, so that a change is judged by what it changed; another number looks elsewhere.
fc.configureGlobal({ seed: 1241 })

const first = '0000000001-000001.jsonl'

/** What a reader makes of these bytes as the only journal of `shop`, `dev`. */
async function read(bytes: Buffer): Promise<Result<StateView, StackError>> {
  const memory: StateMemory = new Map([['shop/dev', { leases: new Map(), journals: new Map([[first, [bytes]]]) }]])
  return (await memoryStateStore({ memory }).open('shop', 'dev'))._unsafeUnwrap().read()
}

function expectUnreadable(error: StackError): void {
  expect(error).toMatchObject({ code: 'StateUnreadable', details: { path: `memory:shop/dev/${first}`, line: expect.any(Number) } })
  expect(error.message).toContain(`${first}, line `)
  expect(error.remedy).toMatch(/backup|version/)
}

describe('a journal', () => {
  it('of any bytes is read or answered with file and line, and never throws', async () => {
    const texts = fc
      .array(fc.oneof(fc.string(), fc.json(), fc.constant('\n'), fc.constant('{"type":"opened","format":1}')))
      .map((parts) => Buffer.from(parts.join('')))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
          texts,
        ),
        async (bytes) => {
          const result = await read(bytes)
          if (result.isErr()) expectUnreadable(result.error)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('of well-formed lines that mean nothing is answered with the line', async () => {
    const opened = { type: 'opened', format: 1, stack: 'shop', environment: 'dev', stackId: 'some', epoch: 1, version: '0', generation: 0 }
    const field = fc.constantFrom(
      'type',
      'address',
      'generation',
      'action',
      'id',
      'outputs',
      'spec',
      'dependsOn',
      'resource',
      'previous',
      '__proto__',
      'key',
      'kind',
      'on',
      'name',
    )
    const value = fc.oneof(fc.constantFrom('intent', 'done', 'recorded', 'create', 'gone', 'web', 1, {}, []), fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(fc.dictionary(field, value), async (entry) => {
        const body = JSON.stringify(entry)
        if (body === '{}') return
        const result = await read(Buffer.from(encodeLine(1, 0, JSON.stringify(opened)) + encodeLine(2, 0, body)))
        if (result.isErr()) expectUnreadable(result.error)
        else expect([...result.value.resources.values()].every((resource) => typeof resource.address === 'string')).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('that was changed anywhere shows a state that once was, or is answered with the line', async () => {
    const { bytes, states } = await someJournal()
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.uint8Array({ maxLength: 3 }), fc.nat(3), async (at, put, cut) => {
        const changed = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)])
        const result = await read(changed)
        if (result.isErr()) return expectUnreadable(result.error)
        // Only the end can be missing, as after a crash: a line before it is never skipped.
        const state = [...result.value.resources.values()]
        expect(states).toContainEqual(state)
        if (at < bytes.lastIndexOf('\n', -2)) expect(changed.equals(bytes) || at + cut >= bytes.lastIndexOf('\n', -2)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})

/** The bytes of a journal, and the state after each of its entries. */
async function someJournal(): Promise<{ readonly bytes: Buffer; readonly states: readonly (readonly RecordedResource[])[] }> {
  const memory: StateMemory = new Map()
  const session = (await (await memoryStateStore({ memory }).open('shop', 'dev'))._unsafeUnwrap().lease())._unsafeUnwrap()
  const states: (readonly RecordedResource[])[] = [[]]
  for (const address of ['a', 'b', 'c', 'd', 'e']) {
    const about = { address, generation: 1 }
    const events: readonly StateEvent[] = [
      {
        ...about,
        type: 'intent',
        action: 'create',
        key: address,
        kind: 'server',
        on: 'main',
        name: address,
        spec: { text: 'ä€😀' },
        dependsOn: [],
      },
      { ...about, type: 'done', id: address, outputs: {} },
    ]
    for (const event of events) {
      ;(await session.append(event))._unsafeUnwrap()
      states.push([...session.resources.values()])
    }
  }
  ;(await session.release())._unsafeUnwrap()
  return { bytes: Buffer.concat(memory.get('shop/dev')?.journals.get(first) ?? []), states }
}
