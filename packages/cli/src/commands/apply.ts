import { apply as applyStack } from '@hanse/provisioning'
import type { Stack } from '@hanse/provisioning'
import type { RunCommand } from '../command/command.ts'
import { changeStack } from './change-stack.ts'

/** `hanse apply` */
export const apply: RunCommand = (call) =>
  changeStack(call, {
    name: 'apply',
    question: ({ stack, environment }) => `Apply this to ${stack.name}, environment ${environment.name}?`,
    // Outputs are values by name: defineStack makes no others.
    run: ({ stack, clouds }, options) => applyStack(stack as Stack<unknown, object>, clouds, options),
  })
