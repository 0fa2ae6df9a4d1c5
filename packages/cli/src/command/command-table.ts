import type { CommandDefinition } from './command.ts'
import { everywhere, ofChanges, ofProject, ofStack } from './shared-options.ts'

const init: CommandDefinition = {
  name: 'init',
  summary: 'writes a project that works at once',
  description:
    'Writes package.json, tsconfig.json, .gitignore, hanse.config.ts, a stack and a test of it. It asks for what is not given, and overwrites nothing.',
  takes: [{ name: 'folder', summary: 'where to write; the current folder when left out', optional: true }],
  options: [
    { flags: '--name <name>', summary: 'the name of the project and its stack; that of the folder when left out' },
    { flags: '--cloud <driver>', summary: 'the cloud that it begins with', choices: ['local'] },
    { flags: '-y, --yes', summary: 'take the defaults for what is not given' },
    ...everywhere,
  ],
  examples: [
    { command: 'hanse init shop', does: 'asks and writes into the folder shop' },
    { command: 'hanse init shop --yes', does: 'asks nothing' },
  ],
  load: async () => (await import('../commands/init.ts')).init,
}

const plan: CommandDefinition = {
  name: 'plan',
  summary: 'says what apply would do, and why',
  description: 'Changes nothing: neither a cloud nor the state.',
  options: [...ofStack, { flags: '--detailed-exitcode', summary: 'exit with 2 when there are changes' }, ...everywhere],
  examples: [
    { command: 'hanse plan --env prod', does: 'shows what would change in prod' },
    { command: 'hanse plan --json --detailed-exitcode', does: 'one JSON document; exit code 2 if something would change' },
  ],
  load: async () => (await import('../commands/plan.ts')).plan,
}

const apply: CommandDefinition = {
  name: 'apply',
  summary: 'makes the clouds be what the stack says',
  description:
    'Shows the plan and asks. Ctrl-C once begins nothing new and finishes what is under way; twice stops at once. Stopped or killed at any point, the next run goes on from there.',
  options: [...ofStack, ...ofChanges, ...everywhere],
  examples: [
    { command: 'hanse apply', does: 'shows the plan, asks, and carries it out' },
    { command: 'hanse apply --env prod --yes --json', does: 'for scripts: asks nothing, one event a line' },
    { command: 'hanse apply --cloud main=home', does: 'the same stack on another cloud of the project' },
  ],
  load: async () => (await import('../commands/apply.ts')).apply,
}

const destroy: CommandDefinition = {
  name: 'destroy',
  summary: 'deletes everything that the stack has made',
  description: 'Goes by the state: what somebody else made is left alone. Shows the plan and asks.',
  options: [...ofStack, ...ofChanges, ...everywhere],
  examples: [
    { command: 'hanse destroy --env dev', does: 'shows what would be deleted, asks, and deletes it' },
    { command: 'hanse destroy --env dev --yes', does: 'asks nothing' },
  ],
  load: async () => (await import('../commands/destroy.ts')).destroy,
}

const clouds: CommandDefinition = {
  name: 'clouds',
  summary: 'lists the clouds of the project and what they can do',
  options: [{ flags: '--check', summary: 'open each, and show what it has' }, ...ofProject.slice(0, 1), ...everywhere],
  examples: [
    { command: 'hanse clouds', does: 'what the drivers promise; nothing is opened' },
    { command: 'hanse clouds --check', does: 'opens each cloud and shows what it has' },
  ],
  load: async () => (await import('../commands/clouds.ts')).clouds,
}

const doctor: CommandDefinition = {
  name: 'doctor',
  summary: 'looks for what would stand in the way',
  description:
    'Looks at the runtime, the configuration, each cloud of the environment, the state, its key and its lease. Exits with 1 if something fails.',
  options: [...ofStack, ...everywhere],
  examples: [{ command: 'hanse doctor --env prod', does: 'checks everything that prod needs' }],
  load: async () => (await import('../commands/doctor.ts')).doctor,
}

/** The commands that are no kinds, in the order in which a newcomer needs them. */
export const commandTable: readonly CommandDefinition[] = [init, plan, apply, destroy, clouds, doctor]
