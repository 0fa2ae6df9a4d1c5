import type { CloudError } from '@hanse/core'
import { cloudError } from '@hanse/core'
import { err, ResultAsync } from 'neverthrow'
import type { Work } from '../plan/plan.ts'
import { isStackError } from '../stack-error.ts'
import type { StackError } from '../stack-error.ts'
import { nodeStateRuntime } from '../state/state-runtime.ts'
import { carriedOut } from './carry-out.ts'
import type { CarryOutInput, Done, Part } from './carry-out.ts'
import { places } from './places.ts'
import type { Ended } from './run-graph.ts'
import type { StackEvent, Step } from './stack-event.ts'
import type { Hands } from './tasks.ts'

/** What carrying out a plan needs. */
export interface HandsInput extends Omit<CarryOutInput, 'tell'> {
  readonly parallelism: number
  readonly emit: (event: StackEvent) => void
  /** Why nothing new may begin; undefined as long as it may. */
  readonly stopped: () => string | undefined
}

/** What came of it. */
export interface Outcome {
  readonly failures: { readonly address: string; readonly error: CloudError }[]
  readonly skipped: Set<string>
  /** The state itself failed; nothing new begins after it. */
  stateError: StackError | undefined
}

/** The hands that carry out a plan: each part when it has a place on its cloud, told from its start to its end. */
export function hands(input: HandsInput, outcome: Outcome): Hands {
  const { emit } = input
  const inPlace = places(input.parallelism)
  const parts = carriedOut({ ...input, tell: (step, event) => emit({ ...event, step }) })

  return {
    make: async (work) => {
      const { action } = work.change
      if (action === 'update') {
        // What is still busy with something else takes no change.
        const ready = work.isPending ? await run(stepOf(work, 'update'), parts.follow(work)) : 'done'
        return ready === 'done' ? run(stepOf(work, 'update'), parts.update(work)) : ready
      }
      if (action !== 'none') return run(stepOf(work, 'create'), parts.create(work))
      return parts.isAsRecorded(work) ? 'done' : run(stepOf(work, 'update'), parts.follow(work))
    },
    remove: (work) => run(stepOf(work, 'delete'), parts.remove(work)),
    skip: (work, part, because) => {
      if (work.change.action !== 'none')
        skip(stepOf(work, part === 'remove' ? 'delete' : work.change.action === 'update' ? 'update' : 'create'), because)
    },
  }

  function skip(step: Step, because: string): void {
    outcome.skipped.add(step.address)
    emit({ type: 'skipped', step, because })
  }

  /** A part has its place from its line in the journal to the answer of the cloud; while it waits for a resource it has none. */
  async function run(step: Step, part: Part): Promise<Ended> {
    const startedAt = nodeStateRuntime.now()
    const begun = await inPlace(step.on, async () => {
      const reason = input.stopped()
      if (reason !== undefined) return reason
      emit({ type: 'started', step })
      return guarded(step, () => part(step))
    })
    if (typeof begun === 'string') {
      skip(step, begun)
      return 'left'
    }
    const done = begun.isErr() || begun.value.wait === undefined ? begun : await guarded(step, begun.value.wait)
    const durationMs = nodeStateRuntime.now() - startedAt
    if (done.isOk()) {
      emit({ type: 'done', step, id: done.value.id, durationMs })
      return 'done'
    }
    if (isStackError(done.error)) {
      outcome.stateError ??= done.error
      skip(step, done.error.message)
      return 'failed'
    }
    outcome.failures.push({ address: step.address, error: done.error })
    emit({ type: 'failed', step, error: done.error, durationMs })
    return 'failed'
  }
}

/** Kinds may be anybody's: a fault in what they do is an error of this step and leaves the others alone. */
const guarded = (step: Step, work: () => Promise<Done>): Promise<Done> =>
  ResultAsync.fromThrowable(work, (cause) =>
    cloudError(
      'Unknown',
      `${step.kind}: a fault in what makes it: ${String(cause)}`,
      { driver: step.on, operation: `${step.kind}.${step.does}`, cause },
      {},
    ),
  )().match(
    (done) => done,
    (error) => err(error),
  )

const stepOf = ({ change, recorded }: Work, does: Step['does']): Step => {
  // A predecessor may be of another kind, or on another cloud.
  const about = does === 'delete' ? (recorded ?? change) : change
  return { address: change.address, kind: about.kind, on: about.on, does, name: about.name }
}
