/**
 * A resource whose native object is not enumerable, so that neither JSON nor a state can hold it. A copy: what a driver gave stays as it
 * is. Anything but a resource is given back.
 */
export function sealed<T>(value: T): T {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('native' in value)) return value
  const { native, ...resource } = value
  // The same members; one of them is not enumerable.
  return Object.defineProperty(resource, 'native', { value: native, enumerable: false }) as T
}
