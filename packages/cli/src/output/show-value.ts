/** A value as a person reads it, on one line. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null || typeof value === 'function') return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map((item) => (isNested(item) ? `{${showValue(item)}}` : showValue(item))).join(', ')
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${name}=${isNested(member) ? `{${showValue(member)}}` : showValue(member)}`)
    .join(', ')
}

const isNested = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
