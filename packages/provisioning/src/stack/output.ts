const brand = Symbol.for('hanse.Output')

/**
 * A value that exists once its resource does. It names no cloud: outputs are how a resource of one cloud reaches one of another. An output
 * stands wherever a value of its type stands; reading it too early is not possible, for it holds none.
 */
export class Output<T> {
  readonly [brand] = true as const
  /** Where it comes from: resources by what they are, and how their values become this one. */
  readonly sources: readonly OutputSource[]
  readonly compute: (values: readonly unknown[]) => T

  constructor(sources: readonly OutputSource[], compute: (values: readonly unknown[]) => T) {
    this.sources = sources
    this.compute = compute
  }

  /** An output of another copy of this package is one too: a program and the command that runs it may each have their own. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value
  }

  /** Makes another value of it. The function is called when the value is there, with nothing but the value. */
  map<U>(to: (value: T) => U): Output<U> {
    return new Output(this.sources, (values) => to(this.compute(values)))
  }
}

/** One output of one resource. */
export interface OutputSource {
  /** The wanted resource. */
  readonly of: object
  readonly name: string
}

/** Several outputs as one. */
export function all<const T extends readonly Output<unknown>[]>(
  ...outputs: T
): Output<{ readonly [I in keyof T]: T[I] extends Output<infer V> ? V : never }> {
  const counts = outputs.map((output) => output.sources.length)
  return new Output(
    outputs.flatMap((output) => output.sources),
    (values) => {
      let from = 0
      const computed = outputs.map((output, index) => {
        const own = values.slice(from, from + (counts[index] ?? 0))
        from += own.length
        return output.compute(own)
      })
      // A value for each output, in their order.
      return computed as unknown as { readonly [I in keyof T]: T[I] extends Output<infer V> ? V : never }
    },
  )
}
