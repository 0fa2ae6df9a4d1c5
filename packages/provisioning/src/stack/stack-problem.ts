/** Something wrong with a stack, or with the spec of one of its members. */
export interface StackProblem {
  /** The address and then the field: `['edge.cache', 'size', 'vcpus']`. */
  readonly path: readonly (string | number)[]
  readonly message: string
  /** Set when it is nothing that the cloud offers. */
  readonly capability?: string | undefined
}
