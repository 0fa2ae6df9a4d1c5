import type { Rule } from '../rule.ts'

/** Rules about what is asked for and what is read back. */
export const specRules = [
  {
    id: 'SPEC-01',
    level: 'MUST',
    summary: 'A wrong argument is `InvalidArgument` with the path of the field, before any request.',
    text: 'Core checks every argument against the description of its kind. A driver’s own kinds MUST be described so that it can.',
    reason: 'The one who wrote the field can mend it; a provider’s 400 does not name it.',
    code: `fields: { name: text('Its name.', { min: 1, max: 255 }), sizeGiB: integer('Its size.', { min: 1, max: 64, unit: 'GiB' }) },`,
  },
  {
    id: 'SPEC-02',
    level: 'MUST',
    summary: 'A field that the driver does not handle is `Unsupported`, named.',
    text: 'A driver MUST list in `fields` exactly the fields of the spec that it carries out. Core refuses the others.',
    reason: 'A field that is dropped silently is a machine that is not what its owner believes.',
    code: `fields: ['name', 'image', 'size', 'labels'],`,
  },
  {
    id: 'SPEC-03',
    level: 'MUST',
    summary: 'Every handled field reads back as it was asked.',
    text: 'What a create was given MUST be in `observed` of a later `get`, and of a list where the field’s description says so. Choices read back as ids, secrets never. A value that the cloud had to change comes with a warning.',
    reason: 'Drift can only be told from what is read back.',
    code: `observed: { name: raw.name, image: raw.image.id, size: raw.flavor.id, labels: raw.metadata },`,
  },
  {
    id: 'SPEC-04',
    level: 'MUST',
    summary: 'The published limits are true.',
    text: 'A value at a limit that `limits` publishes MUST be accepted by the cloud, and one beyond it is refused before any request.',
    reason: 'Plans refuse what the cloud would refuse, and nothing else.',
    code: `limits: { server: { fields: { name: { max: 63, pattern: /^[a-z0-9-]+$/ } }, labels: { count: 50, keyLength: 128, valueLength: 255 } } },`,
  },
  {
    id: 'SPEC-05',
    level: 'MUST',
    summary: 'Names and labels round trip in any UTF-8 that the limits allow.',
    text: 'A name or label that `check` accepts MUST read back code unit for code unit. Escaping what the provider does not take is the driver’s job.',
    reason: 'People are called Søren, and so are their servers.',
    code: `labels: Object.fromEntries(Object.entries(raw.tags).map(([name, value]) => [unescape(name), unescape(value)])),`,
  },
  {
    id: 'SPEC-06',
    level: 'MUST',
    summary: '`check` and `create` agree.',
    text: 'A spec of which `check` says nothing MUST NOT be refused by a create as `InvalidArgument` or `Unsupported`; one with problems is refused with the code of the first.',
    reason: 'A plan that passes and an apply that fails is the worst of both.',
    code: `limits: { bucket: { fields: { name: { pattern: /^[a-z0-9-]{3,63}$/, hint: 'must be 3 to 63 of a-z, 0-9 and -' } } } },`,
  },
  {
    id: 'SPEC-07',
    level: 'MUST',
    summary: 'A reference to what does not exist is `NotFound` naming its kind, or `InvalidArgument` naming the field.',
    text: 'A create that refers to a resource that is not there MUST be refused, and MUST leave nothing behind.',
    reason: 'A server in a network that is not there is nobody’s server.',
    code: `if (!(await exists(spec.network))) throw refuse('NotFound', 'network: there is none', { kind: 'network', id: spec.network })`,
  },
  {
    id: 'SPEC-08',
    level: 'MUST',
    summary: '`update` sets the fields named and leaves the others.',
    text: 'A field that an update does not name MUST read back as before. Labels are one field: they are replaced as a whole.',
    reason: 'Two programs that change different fields must not undo each other.',
    code: `const body = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
return toServer(await client.patch(\`/servers/\${id}\`, body, call))`,
  },
] as const satisfies readonly Rule[]
