import { destroy as destroyStack } from '@hanse/provisioning'
import type { RunCommand } from '../command/command.ts'
import { changeStack } from './change-stack.ts'

/** `hanse destroy` */
export const destroy: RunCommand = (call) =>
  changeStack(call, {
    name: 'destroy',
    question: ({ stack, environment }) => `Delete all of this, for good, from ${stack.name}, environment ${environment.name}?`,
    run: ({ stack, clouds }, options) => destroyStack(stack, clouds, options),
  })
