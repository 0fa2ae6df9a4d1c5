import { describe, expect, it } from 'vitest'
import { kinds } from '../kinds.ts'
import type { Shape } from './field.ts'
import { specSchema } from './json-schema.ts'
import type { JsonSchema } from './json-schema.ts'

describe('specSchema', () => {
  it('says of a subnet what its description says', () => {
    expect(specSchema(kinds.subnet)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'subnet',
      type: 'object',
      required: ['name', 'network', 'cidr'],
      additionalProperties: false,
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 255 },
        network: { type: 'string', description: 'The network that it is part of.' },
        dnsServers: { type: 'array', maxItems: 8, items: { type: 'string', maxLength: 45 } },
        labels: { type: 'object', additionalProperties: { type: 'string', maxLength: 255 } },
      },
    })
  })

  it('takes a choice by text or by selector, marks a secret, and leaves native extras out', () => {
    const { properties = {} } = specSchema(kinds.server)
    expect(properties['size']?.anyOf).toMatchObject([
      { type: 'string' },
      { type: 'object', minProperties: 1, properties: { vcpus: { type: 'integer', minimum: 1 } } },
    ])
    expect(properties['userData']).toMatchObject({ type: 'string', writeOnly: true })
    expect(properties).not.toHaveProperty('native')
  })

  it('knows every field of every kind, and names no type that JSON lacks', () => {
    for (const kind of Object.values(kinds)) {
      const schema = specSchema(kind)
      // Kinds differ in their types; here each is only a record of fields.
      const fields = Object.entries(kind.fields as Readonly<Record<string, { readonly shape: Shape }>>)
      const told = fields.filter(([, { shape }]) => shape.type !== 'native').map(([name]) => name)
      expect(Object.keys(schema.properties ?? {}), kind.kind).toEqual(told)
      expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
      for (const at of everySchema(schema)) expect(at.type === undefined ? at.anyOf : at.type, kind.kind).toBeDefined()
    }
  })
})

const everySchema = (schema: JsonSchema): readonly JsonSchema[] => [
  schema,
  ...[...Object.values(schema.properties ?? {}), ...(schema.items === undefined ? [] : [schema.items]), ...(schema.anyOf ?? [])].flatMap(
    everySchema,
  ),
]
