import type { AnyField, Shape } from '../kind/field.ts'

/**
 * A digest of what was asked, so that the same key with another spec can be told apart. Secrets, bytes and native extras are left out;
 * the order of members does not matter. SHA-256 in hex, shortened to 128 bits so that it fits where providers keep marks.
 */
export async function specDigest(fields: Readonly<Record<string, AnyField>>, spec: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(canonical({ type: 'object', fields }, spec)))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function canonical(shape: Shape, value: unknown): unknown {
  if (value === undefined) return undefined
  if (shape.type === 'bytes' || shape.type === 'native' || shape.type === 'live') return undefined
  if (Array.isArray(value)) return value.map((item) => (shape.type === 'list' ? canonical(shape.of, item) : item))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  const fields = shape.type === 'object' ? shape.fields : shape.type === 'choice' ? shape.selector : undefined
  return Object.fromEntries(
    members.flatMap(([name, member]) => {
      const field = fields?.[name]
      if (field?.secret === true) return []
      return [[name, field === undefined ? member : canonical(field.shape, member)]]
    }),
  )
}
