import type { AnyField, AnyKind, AnyResource, Shape } from '@hanse/core'
import { checkFields } from '@hanse/core'
import { expectEqual, expectThat } from '../../expect.ts'

/** A resource must be plain data in the form that its kind describes, and hide the provider's own object. */
export function expectWellFormed(resource: AnyResource, kind: AnyKind, what: string): void {
  const where = `${what}: the ${kind.kind}`
  expectEqual(resource.kind, kind.kind, `${where} says its kind`)
  expectThat(typeof resource.id === 'string' && resource.id !== '', `${where} has an id that is a text, not ${JSON.stringify(resource.id)}`)
  expectThat(typeof resource.name === 'string', `${where} has a name that is a text, not ${JSON.stringify(resource.name)}`)
  expectThat(typeof resource.labels === 'object' && resource.labels !== null, `${where} has labels, if only {}`)
  expectThat(
    Object.values(resource.labels).every((value) => typeof value === 'string'),
    `${where} has labels that are texts: ${JSON.stringify(resource.labels)}`,
  )
  const { phase, providerState } = resource.status
  expectThat(
    phase in kind.phases,
    `${where} is in a phase of its kind (${Object.keys(kind.phases).join(', ')}), not ${JSON.stringify(phase)}`,
  )
  expectThat(typeof providerState === 'string' && providerState !== '', `${where} says the provider's own word for its phase`)
  expectThat(Array.isArray(resource.warnings), `${where} has warnings, if only []`)
  const { createdAt } = resource
  expectThat(
    createdAt === undefined || (createdAt instanceof Date && !Number.isNaN(createdAt.getTime())),
    `${where} has a createdAt that is a Date`,
  )

  const observed = Object.fromEntries(Object.entries(kind.fields).map(([name, field]) => [name, optional(asObserved(field.shape))]))
  const outputs = Object.fromEntries(Object.entries(kind.outputs).map(([name, shape]) => [name, optional(shape)]))
  expectEqual(checkFields(observed, resource.observed), [], `${where} shows in observed what its kind describes; what is wrong`)
  expectEqual(checkFields(outputs, resource.outputs), [], `${where} shows in outputs what its kind describes; what is wrong`)
  for (const [name, field] of Object.entries(kind.fields))
    if (field.secret)
      expectThat(
        (resource.observed as Readonly<Record<string, unknown>>)[name] === undefined,
        `${where} shows nothing of the secret ${name}`,
      )

  expectThat(!Object.keys(resource).includes('native'), `${where} hides native from enumeration`)
  // JSON as a state or a terminal would get it.
  const json: unknown = JSON.parse(JSON.stringify(resource))
  expectThat(typeof json === 'object' && json !== null && !('native' in json), `${where} keeps native out of JSON`)
}

/** Choices read back as ids. */
const asObserved = (shape: Shape): Shape => (shape.type === 'choice' ? { type: 'reference', to: shape.of } : shape)

const optional = (shape: Shape): AnyField => ({ shape, optional: true, onChange: 'replace', observe: 'list', secret: false, summary: '' })
