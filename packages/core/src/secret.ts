/**
 * A value that no JSON, log, trace or error shows. `reveal()` is the only way to it, so that a search for that word finds every use.
 */
export class Secret<T> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  /** The value itself. */
  reveal(): T {
    return this.#value
  }

  toJSON(): string {
    return hidden
  }

  toString(): string {
    return hidden
  }

  /** What Node's `util.inspect`, and so `console.log`, prints. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return hidden
  }
}

const hidden = '[secret]'

/** Wraps a value so that it is never shown. */
export const secret = <T>(value: T): Secret<T> => new Secret(value)

/** Says whether a value is a {@link Secret}, whichever copy of core made it. */
export const isSecret = (value: unknown): value is Secret<unknown> =>
  typeof value === 'object' && value !== null && 'reveal' in value && typeof value.reveal === 'function'
