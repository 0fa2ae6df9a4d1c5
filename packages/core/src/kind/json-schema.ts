import type { AnyField, Shape } from './field.ts'
import type { AnyKind } from './kind.ts'

/** A JSON Schema, draft 2020-12, as far as descriptions of kinds need it. */
export interface JsonSchema {
  readonly $schema?: string
  readonly title?: string
  readonly description?: string
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean'
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly minProperties?: number
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly format?: string
  readonly enum?: readonly string[]
  readonly anyOf?: readonly JsonSchema[]
  readonly writeOnly?: boolean
}

/**
 * The spec of a kind as JSON Schema (2020-12, https://json-schema.org/draft/2020-12/schema): for editors, for forms, for other languages.
 * What a schema cannot hold stays with `cloud.check`: the limits of one cloud and what it lacks. Native extras are values made by a
 * driver's function, which JSON cannot hold; they are left out.
 */
export const specSchema = (kind: AnyKind): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: kind.kind,
  description: kind.summary,
  ...objectSchema(kind.fields),
})

function objectSchema(fields: Readonly<Record<string, AnyField>>): JsonSchema {
  const told = Object.entries(fields).filter(([, { shape }]) => shape.type !== 'native' && shape.type !== 'bytes')
  return {
    type: 'object',
    properties: Object.fromEntries(told.map(([name, field]) => [name, fieldSchema(field)])),
    required: told.filter(([, field]) => !field.optional).map(([name]) => name),
    additionalProperties: false,
  }
}

const fieldSchema = ({ shape, summary, secret }: AnyField): JsonSchema => ({
  ...shapeSchema(shape),
  ...(summary === '' ? {} : { description: shape.type === 'integer' ? `${summary} Unit: ${shape.unit}.` : summary }),
  ...(secret ? { writeOnly: true } : {}),
})

/** Formats that the specification names. The others are checked by core only. */
const formats: Readonly<Record<string, string>> = { hostname: 'hostname' }

function shapeSchema(shape: Shape): JsonSchema {
  switch (shape.type) {
    case 'text': {
      const format = shape.format === undefined ? undefined : formats[shape.format]
      return {
        type: 'string',
        minLength: shape.min,
        maxLength: shape.max,
        ...(shape.pattern === undefined ? {} : { pattern: shape.pattern.source }),
        ...(format === undefined ? {} : { format }),
      }
    }
    case 'integer':
      return { type: 'integer', minimum: shape.min, maximum: shape.max }
    case 'boolean':
      return { type: 'boolean' }
    case 'oneOf':
      return { type: 'string', enum: shape.of }
    case 'reference':
      return { type: 'string', minLength: 1, description: `The id of a ${shape.to}.` }
    case 'choice':
      return {
        anyOf: [
          { type: 'string', minLength: 1, description: `The id or the name of a ${shape.of}.` },
          { ...objectSchema(shape.selector), minProperties: 1 },
        ],
      }
    case 'list':
      return { type: 'array', items: shapeSchema(shape.of), minItems: shape.min, maxItems: shape.max }
    case 'record':
      return { type: 'object', additionalProperties: shapeSchema(shape.of) }
    case 'object':
      return objectSchema(shape.fields)
    case 'bytes':
    case 'native':
    case 'live':
      return {}
  }
}
