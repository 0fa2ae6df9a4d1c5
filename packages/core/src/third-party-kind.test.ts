import { describe, expect, it } from 'vitest'
import { capabilitiesOf, fake, openFake } from './__fixtures__/fake-driver.ts'
import { errorOf, valueOf } from './__fixtures__/outcome.ts'
import { gpuPool } from './__fixtures__/gpu-pool.ts'
import type { GpuPoolId } from './__fixtures__/gpu-pool.ts'
import { supports } from './cloud.ts'
import type { CloudWith } from './cloud.ts'
import { composeCloud } from './compose-cloud.ts'
import { kindService } from './kind-service.ts'
import { specSchema } from './kind/json-schema.ts'
import { canMake, changeableFields, filterFields, verbsOf } from './kind/verb.ts'
import { kinds } from './kinds.ts'
import { openCloud } from './open-cloud.ts'

// A kind that core has never heard of: one description, one service type, and a driver that has it. Nothing else names it.
const withPools = { kinds: { [gpuPool.kind]: gpuPool } }
const spec = { name: 'training', count: 2, model: 'h200', size: { vcpus: 4 }, password: 'hunter2000' } as const

describe('adding a kind touches one list and no other', () => {
  it('its service is there, typed, with each verb that the cloud has', async () => {
    const { cloud, backend } = await openFake(withPools)
    backend.seed('serverSize', { id: 'medium' as never, observed: { vcpus: 8 } })
    // The type comes with the declaration of the capability; the service from the description.
    const pool = valueOf(await cloud.compute.gpuPools.create(spec, { key: 'k', until: 'Ready' }))
    const id: GpuPoolId = pool.id
    expect(pool.observed).toMatchObject({ count: 2, size: 'medium' })
    expect(valueOf(await cloud.compute.gpuPools.find('training')).id).toBe(id)
    expect(valueOf(await cloud.compute.gpuPools.findByKey('k')).id).toBe(id)
    expect(valueOf(await cloud.compute.gpuPools.list({ name: 'training' }).toArray())).toHaveLength(1)
    expect(valueOf(await cloud.compute.gpuPools.update(id, { count: 3 })).observed.count).toBe(3)
    expect((await cloud.compute.gpuPools.drain(id, 60)).isOk()).toBe(true)
    expect((await cloud.compute.gpuPools.delete(id)).isOk()).toBe(true)
    expect(kindService(cloud, 'acme.gpuPool')).toBe(cloud.compute.gpuPools)
  })

  it('its specs are checked, its limits held, its secrets kept', async () => {
    const { cloud, backend } = await openFake({ ...withPools, limits: { 'acme.gpuPool': { fields: { count: { max: 8 } } } } })
    expect(cloud.check('acme.gpuPool', { ...spec, count: 9, modle: 'x' })).toMatchObject([{ path: ['modle'] }, { path: ['count'] }])
    const error = errorOf(await cloud.compute.gpuPools.create({ ...spec, model: 'abacus' as never }))
    expect(error).toMatchObject({ code: 'InvalidArgument', details: { path: ['model'] }, context: { operation: 'acme.gpuPool.create' } })
    expect(errorOf(await cloud.compute.gpuPools.update('p' as GpuPoolId, { model: 'h200' } as never)).message).toContain(
      'cannot change in place',
    )
    backend.script('acme.gpuPool.create', () => Promise.reject(new Error('bad password hunter2000')))
    backend.seed('serverSize', { observed: { vcpus: 8 } })
    expect(errorOf(await cloud.compute.gpuPools.create(spec)).message).toBe('bad password [secret]')
  })

  it('its needs are found: what a field or a verb needs, and the kind itself', async () => {
    expect(capabilitiesOf({ gpuPool })).toEqual(['acme.gpuPool', 'acme.gpuPool.drain', 'serverGroup'])
    const { cloud } = await openFake({ ...withPools, always: ['acme.gpuPool'] })
    expect(cloud.compute.gpuPools).not.toHaveProperty('drain')
    expect(cloud.check('acme.gpuPool', { ...spec, group: 'g' })).toMatchObject([{ path: ['group'], capability: 'serverGroup' }])
    const plain = await openFake()
    expect(plain.cloud.check('acme.gpuPool', spec)).toMatchObject([{ capability: 'acme.gpuPool' }])
    expect(supports(plain.cloud, 'acme.gpuPool')).toBe(false)
  })

  it('its JSON Schema and what pages and flags are made of come out', () => {
    expect(specSchema(gpuPool)).toMatchObject({
      title: 'acme.gpuPool',
      description: 'A set of accelerators that servers share.',
      required: ['name', 'count', 'model', 'size', 'password'],
      properties: { count: { type: 'integer', maximum: 64, description: 'How many. Unit: GPU.' }, password: { writeOnly: true } },
    })
    expect(verbsOf(gpuPool).map(({ name, summary }) => `${name}: ${summary}`)).toContain(
      'drain: Waits for its work to end and takes no more.',
    )
    expect(Object.keys(changeableFields(gpuPool))).toEqual(['count'])
    expect(Object.keys(filterFields(gpuPool))).toEqual(['group'])
    expect(canMake(gpuPool)).toBe(true)
  })

  it('it is composed, required and listed as any other', async () => {
    const { cloud } = await openFake(withPools)
    const composed = composeCloud({ compute: cloud })
    expect(composed.supports['acme.gpuPool.drain']).toBe(true)
    expect(composed.compute.gpuPools).toHaveProperty('drain')
    const { source, world } = fake({ ...withPools, always: ['server'], probed: ['acme.gpuPool'], found: ['acme.gpuPool'] })
    const required: CloudWith<'acme.gpuPool'> = valueOf(await openCloud(source, { runtime: world.runtime, require: ['acme.gpuPool'] }))
    expect(Object.keys(required.kinds)).toEqual(['server', 'acme.gpuPool'])
  })

  it('core itself does not know it', () => {
    expect(Object.keys(kinds)).not.toContain('acme.gpuPool')
  })
})
