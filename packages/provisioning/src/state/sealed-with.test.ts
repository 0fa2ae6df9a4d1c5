import { openCloud, secret } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { expect, it } from 'vitest'
import { apply, defineStack, generateStateKey, memoryStateStore, sealedWith, server } from '../index.ts'

it('names the keys that a state was written with', async () => {
  const cloud = (await openCloud(local({})))._unsafeUnwrap()
  const [state, stateKey] = [memoryStateStore(), generateStateKey()]
  const spec = { image: { os: 'debian' }, size: { vcpus: 1 } } as const
  const view = async () => (await state.open('shop', 'dev').andThen((opened) => opened.read()))._unsafeUnwrap()
  ;(await apply(defineStack('shop', { a: server(spec) }), cloud, { environment: 'dev', state }))._unsafeUnwrap()
  expect([...sealedWith(await view())]).toEqual([])
  const hidden = defineStack('shop', { a: server(spec), b: server({ ...spec, userData: secret('x') }) })
  ;(await apply(hidden, cloud, { environment: 'dev', state, stateKey }))._unsafeUnwrap()
  expect([...sealedWith(await view())]).toEqual([stateKey.id])
})
