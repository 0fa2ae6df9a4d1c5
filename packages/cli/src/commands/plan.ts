import { plan as planStack } from '@hanse/provisioning'
import type { Plan } from '@hanse/provisioning'
import { err, ok } from 'neverthrow'
import type { RunCommand } from '../command/command.ts'
import { exitCode } from '../exit-code.ts'
import { stackFailure } from '../failure.ts'
import { withInterrupts } from '../interrupts.ts'
import { problemsFailure } from '../output/problems.ts'
import { hasChanges, planLines } from '../output/print-plan.ts'
import type { Screen } from '../output/screen.ts'
import { openProject } from '../project/open-project.ts'

/** `hanse plan` */
export const plan: RunCommand = (call) =>
  withInterrupts(call, async (signal) => {
    const opened = await openProject(call, true, signal)
    if (opened.isErr()) return err(opened.error)
    const { stack, clouds, stackOptions, close } = opened.value
    const planned = await planStack(stack, clouds, stackOptions)
    await close()
    if (planned.isErr()) return err(stackFailure(planned.error))
    const failure = problemsFailure(planned.value)
    if (failure !== undefined) return err(failure)
    show(call.screen, planned.value)
    return ok(call.options.detailedExitcode === true && hasChanges(planned.value) ? exitCode.changes : exitCode.done)
  })

function show(screen: Screen, planned: Plan): void {
  if (screen.json) screen.document('plan', { plan: planned })
  else for (const line of planLines(planned, screen.paint)) screen.print(line)
}
