import type { OptionDefinition } from './command.ts'
import { time, wholeNumber } from './parse-option.ts'

const json: OptionDefinition = { flags: '--json', summary: 'print JSON for programs' }
const noColor: OptionDefinition = { flags: '--no-color', summary: 'print without colours; NO_COLOR does the same' }
const config: OptionDefinition = { flags: '--config <path>', summary: 'the configuration; hanse.config.ts here or above when left out' }
const environment: OptionDefinition = { flags: '--env <name>', summary: 'the environment; the only one, or dev, when left out' }

/** Options of every command. */
export const everywhere: readonly OptionDefinition[] = [json, noColor]

/** Options of commands that read the project. */
export const ofProject: readonly OptionDefinition[] = [config, environment]

/** Options of commands that work on the stack. */
export const ofStack: readonly OptionDefinition[] = [
  environment,
  {
    flags: '--cloud <on=cloud>',
    summary: 'use another cloud of the project for one of the stack; can be given several times',
    repeats: true,
  },
  config,
  { flags: '--state <folder>', summary: 'where the state lies; .hanse/state beside the configuration when left out' },
]

/** Options of commands that change clouds. */
export const ofChanges: readonly OptionDefinition[] = [
  { flags: '-y, --yes', summary: 'do not ask' },
  { flags: '--parallelism <n>', summary: 'calls at a time on one cloud; 10 when left out', parse: wholeNumber(1, 1000) },
  { flags: '--lock-timeout <time>', summary: 'how long to wait for another run, such as 30s or 5m; not at all when left out', parse: time },
]
