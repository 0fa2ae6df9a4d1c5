/** Stands where a value is not known before a resource has been made. */
export class Later {
  /** The address of the resource that it waits for. */
  readonly address: string

  constructor(address: string) {
    this.address = address
  }
}

/** Whether a value is not known yet, or holds one that is not. */
export function isLater(value: unknown): boolean {
  if (value instanceof Later) return true
  if (Array.isArray(value)) return value.some(isLater)
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype && Object.values(value).some(isLater)
  )
}
