import type { CloudError, CloudWarning } from '@hanse/core'
import type { Plan, PlannedAction, Recovered } from '../plan/plan.ts'

/** What happens while a stack is worked on: the one stream that a screen, a log and a test read alike. Plain data but for errors; no secrets. */
export type StackEvent =
  | { readonly type: 'refreshing'; readonly resources: number }
  | { readonly type: 'recovered'; readonly resource: Recovered }
  | { readonly type: 'planned'; readonly plan: Plan }
  | { readonly type: 'started'; readonly step: Step }
  /** The cloud has accepted it; now it is waited for. `state` is the provider's word. */
  | { readonly type: 'waiting'; readonly step: Step; readonly state: string }
  | { readonly type: 'warning'; readonly step: Step; readonly warning: CloudWarning }
  | { readonly type: 'done'; readonly step: Step; readonly id: string | undefined; readonly durationMs: number }
  | { readonly type: 'failed'; readonly step: Step; readonly error: CloudError; readonly durationMs: number }
  /** Not begun, because what it needs has failed or the run was cancelled. */
  | { readonly type: 'skipped'; readonly step: Step; readonly because: string }

/** One thing that is done to one resource. A replacement is two: its predecessor goes, its successor comes. */
export interface Step {
  readonly address: string
  readonly kind: string
  readonly on: string
  readonly does: Exclude<PlannedAction, 'none' | 'replace'>
  readonly name: string | undefined
}
