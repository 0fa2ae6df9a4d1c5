import type { Applied, ApplyOptions, Plan, StackError } from '@hanse/provisioning'
import type { Result } from 'neverthrow'
import { err, ok } from 'neverthrow'
import type { CommandCall } from '../command/command.ts'
import { exitCode } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { stackFailure, usage } from '../failure.ts'
import type { Failure } from '../failure.ts'
import { withInterrupts } from '../interrupts.ts'
import { duration } from '../output/duration.ts'
import { hasChanges } from '../output/print-plan.ts'
import { printOutputs } from '../output/print-outputs.ts'
import { progressOf } from '../output/progress.ts'
import type { OpenProject } from '../project/open-project.ts'
import { openProject } from '../project/open-project.ts'

/** How apply and destroy differ. */
export interface StackChange {
  readonly name: 'apply' | 'destroy'
  /** Asked on a terminal, with what it is about. */
  readonly question: (project: OpenProject) => string
  readonly run: (project: OpenProject, options: ApplyOptions) => PromiseLike<Result<Applied<object>, StackError>>
}

/** Shows the plan, asks, and carries it out with progress. */
export async function changeStack(call: CommandCall, change: StackChange): Promise<Result<ExitCode, Failure>> {
  const { host, screen, options } = call
  if (options.yes !== true && (!host.canAsk || screen.json))
    return err(
      usage(
        `There is nobody to ask whether to ${change.name}: this is no terminal, or --json was given.`,
        'Say --yes to go on without asking.',
      ),
    )
  const progress = await progressOf(host, screen)
  const beganAt = host.now()
  let declined: 'no' | 'interrupted' | undefined
  let interrupted = false

  const say = (line: string): void => progress.say(line)
  const work = async (signal: AbortSignal): Promise<Result<ExitCode, Failure>> => {
    signal.addEventListener('abort', () => {
      interrupted = true
    })
    const opened = await openProject(call, false, signal)
    if (opened.isErr()) return err(opened.error)
    const project = opened.value
    const confirm = async (plan: Plan): Promise<boolean> => {
      if (options.yes === true || !hasChanges(plan)) return true
      const answer = await host.ask(`${change.question(project)} [y/N] `, signal)
      if (answer !== undefined && /^y(es)?$/i.test(answer.trim())) return true
      declined = answer === undefined ? 'interrupted' : 'no'
      return false
    }
    const { parallelism, lockTimeout: leaseWaitMs } = options
    const done = await change.run(project, {
      ...project.stackOptions,
      parallelism,
      leaseWaitMs,
      confirm,
      onEvent: (event) => progress.onEvent(event),
    })
    await project.close()
    progress.stop()
    if (done.isErr()) {
      const failure = stackFailure(done.error)
      return err(interrupted ? { ...failure, exit: exitCode.interrupted } : failure)
    }
    if (declined !== undefined) {
      screen.print(declined === 'no' ? 'Nothing was changed.' : '\nInterrupted. Nothing was changed.')
      return ok(declined === 'no' ? exitCode.failed : exitCode.interrupted)
    }
    report(call, done.value, host.now() - beganAt, change)
    return ok(exitCode.done)
  }
  const words = {
    first: 'Stopping: nothing new begins, and what is under way is finished. Interrupt again to stop at once.',
    second: 'Stopped at once. The next run finds out what became of what was under way, and goes on from there.',
  }
  const result = await withInterrupts(call, work, words, say)
  progress.stop()
  return result
}

function report({ screen }: CommandCall, { plan, outputs }: Applied<object>, tookMs: number, { name }: StackChange): void {
  const { summary } = plan
  if (screen.json) {
    screen.document('finished', {
      command: name,
      stack: plan.stack,
      environment: plan.environment,
      summary,
      outputs,
      durationMs: tookMs,
    })
    return
  }
  if (hasChanges(plan)) {
    const parts = [
      [summary.create, 'created'],
      [summary.update, 'changed'],
      [summary.replace, 'replaced'],
      [summary.delete, 'deleted'],
    ].flatMap(([count, words]) => (count === 0 ? [] : [`${count} ${words}`]))
    screen.print(`${screen.paint('green', 'Done:')} ${parts.join(', ')} in ${duration(tookMs)}.`)
  }
  printOutputs(screen, { ...outputs })
}
