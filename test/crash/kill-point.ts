/** Where a run is killed: at which of its journal's appends, or at which of the cloud's changes. Counted from 1. */
export interface KillPoint {
  readonly at: 'before the line' | 'after the line' | 'after the cloud'
  readonly count: number
}

/** The three places at which a run can lose its life. */
export const places = ['before the line', 'after the line', 'after the cloud'] as const satisfies readonly KillPoint['at'][]

/** What a run does: brings the stack to its first or second version, or takes it away. */
export type Phase = 'first' | 'second' | 'none'

/** How often a run that nobody kills comes by each kind of place. */
export interface Passed {
  readonly appends: number
  readonly changes: number
  /** What each append was, in their order. */
  readonly lines: readonly string[]
  readonly calls: readonly string[]
}
