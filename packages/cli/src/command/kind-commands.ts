import type { CommandGroup } from './command.ts'
export const kindGroups = (): readonly CommandGroup[] => []
