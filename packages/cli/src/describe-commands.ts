import { commandTable } from './command/command-table.ts'
import type { CommandDefinition, CommandGroup } from './command/command.ts'

/** Every command, as data: what the parser, the help and the reference page are made of. */
export interface DescribedCommands {
  readonly commands: readonly CommandDefinition[]
  /** The commands of each kind, under the kind's name. */
  readonly groups: readonly CommandGroup[]
}

/** Describes every command. The kinds are loaded for it, and nothing else. */
export async function describeCommands(): Promise<DescribedCommands> {
  const { kindGroups } = await import('./command/kind-commands.ts')
  return { commands: commandTable, groups: kindGroups() }
}
