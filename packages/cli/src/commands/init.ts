import { ok } from 'neverthrow'
import type { RunCommand } from '../command/command.ts'
export const init: RunCommand = async () => ok(0)
