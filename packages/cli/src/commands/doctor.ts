import { ok } from 'neverthrow'
import type { RunCommand } from '../command/command.ts'
export const doctor: RunCommand = async () => ok(0)
