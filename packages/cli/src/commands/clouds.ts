import { ok } from 'neverthrow'
import type { RunCommand } from '../command/command.ts'
export const clouds: RunCommand = async () => ok(0)
