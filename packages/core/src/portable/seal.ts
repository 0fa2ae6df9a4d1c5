/** Hides the provider's own object from enumeration, so that neither JSON nor a state can hold it. Anything but a resource stays as it is. */
export function seal(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'kind' in value && 'native' in value)
    Object.defineProperty(value, 'native', { value: value.native, enumerable: false })
  return value
}
