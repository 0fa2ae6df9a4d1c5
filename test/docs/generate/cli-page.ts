import { describeCommands } from '@hanse/cli'
import type { CommandDefinition, CommandGroup } from '@hanse/cli'
import type { GeneratedFile } from './generated-files.ts'
import { markdownTable } from './markdown-table.ts'

/** Every command with its arguments, flags and examples, from the definitions that the parser and the help are made of. */
export async function cliPage(): Promise<GeneratedFile> {
  const { commands, groups } = await describeCommands()
  const text = `# The hanse command

\`hanse <command> --help\` shows what stands here, for one command. [How to apply from CI](../how-to/apply-from-ci.md) shows \`--json\` and the exit codes at work.

${markdownTable(
  ['command', 'what it does'],
  commands.map(({ name, summary }) => [`[\`hanse ${name}\`](#hanse-${name})`, sentence(summary)]),
)}

Then there are commands for [resources](#resources), one word for each kind.

${commands.map((command) => section(command, `hanse ${command.name}`, '##')).join('\n\n')}

## Resources

\`hanse KIND ls\` lists, \`hanse KIND get NAME\` shows one; some kinds can tell more. They change nothing. The cloud is the only one of the environment, or the one that \`--cloud\` names: by its name in the project, or by the stack's name for it. All of them take \`--config\`, \`--env\`, \`--json\` and \`--no-color\`.

${groups.map(group).join('\n\n')}

## Files and variables

| name | what it is |
|---|---|
| \`hanse.config.ts\` | The configuration; also \`.mts\`, \`.js\`, \`.mjs\`. Looked for here and in the folders above. |
| \`.hanse/state\` | The state, beside the configuration, unless \`--state\` names another folder. |
| \`HANSE_STATE_KEY\` | The key for the secrets in the state: 32 bytes in base64. |
| \`HANSE_STATE_KEY_FILE\` | A file that holds the key and that only its owner can read. |
| \`~/.config/hanse/keys/STACK.key\` | Where the key lies when neither variable is set (\`XDG_CONFIG_HOME\` counts). Made on first need. |
| \`NO_COLOR\`, \`FORCE_COLOR\` | No colours; colours although it is no terminal. |
| \`HANSE_DEBUG=1\` | Shows the stack trace and the causes of a failure. |

## Exit codes

| code | meaning |
|---|---|
| 0 | Done. |
| 1 | It failed, or the answer to the question was no. |
| 2 | The plan has changes, and \`--detailed-exitcode\` was given. |
| 64 | The command line or the configuration cannot be used. |
| 130 | Interrupted by SIGINT or SIGTERM. |

## JSON

\`--json\` prints one document, and for \`apply\` and \`destroy\` one event a line. Each has \`version\`, now 1, and \`type\`. The version changes when something is taken away or changes its meaning, not when something is added. Failures are a document of type \`error\` on stderr, notes one of type \`note\`.

| type | of | members |
|---|---|---|
| \`plan\` | \`plan\` | \`plan\`: \`stack\`, \`environment\`, \`changes\`, \`summary\`, \`recovered\`, \`problems\` |
| \`refreshing\`, \`recovered\`, \`planned\`, \`started\`, \`waiting\`, \`warning\`, \`done\`, \`failed\`, \`skipped\` | \`apply\`, \`destroy\` | as \`StackEvent\` of @hanse/provisioning |
| \`finished\` | \`apply\`, \`destroy\` | \`command\`, \`stack\`, \`environment\`, \`summary\`, \`outputs\`, \`durationMs\` |
| \`declined\` | \`apply\`, \`destroy\` | nothing was changed |
| \`list\` | \`KIND ls\` and whatever lists | \`kind\`, \`items\` |
| \`value\` | \`KIND get\` and whatever shows one | \`kind\`, \`verb\`, \`value\` |
| \`clouds\` | \`clouds\` | \`clouds\`: \`name\`, \`driver\`, \`environments\`, \`always\`, \`probed\`, and with \`--check\` \`has\` or \`error\` |
| \`doctor\` | \`doctor\` | \`ok\`, \`checks\`: \`name\`, \`status\`, \`message\`, \`remedy\` |
| \`initialized\` | \`init\` | \`folder\`, \`name\`, \`files\` |
| \`error\` | all | \`code\`, \`message\`, \`path\`, \`remedy\`, \`exit\`, \`details\` |
`
  return { path: 'docs/reference/cli.md', text }
}

function section(command: CommandDefinition, line: string, heading: string): string {
  const takes = command.takes ?? []
  const words = takes.map(({ name, optional }) => (optional === true ? ` [${name}]` : ` <${name}>`)).join('')
  return [
    `${heading} ${line}`,
    [sentence(command.summary), command.description].filter((text) => text !== undefined).join(' '),
    `\`\`\`sh\n${line}${words} [options]\n\`\`\``,
    ...(takes.length === 0
      ? []
      : [
          markdownTable(
            ['argument', 'what it is'],
            takes.map(({ name, summary }) => [`\`${name}\``, sentence(summary)]),
          ),
        ]),
    markdownTable(
      ['option', 'what it does'],
      command.options.map(({ flags, summary, choices }) => [
        `\`${flags}\``,
        `${sentence(summary)}${choices === undefined ? '' : ` One of ${choices.join(', ')}.`}`,
      ]),
    ),
    `\`\`\`sh\n${command.examples.map(({ command: example, does }) => `${example}  # ${does}`).join('\n')}\n\`\`\``,
  ].join('\n\n')
}

/** Options that the introduction names. */
const everywhere = ['--config <path>', '--env <name>', '--json', '--no-color', '--cloud <name>']

function group({ name, summary, commands }: CommandGroup): string {
  const rows = commands.map((command) => {
    const words = (command.takes ?? []).map((argument) => ` <${argument.name}>`).join('')
    const own = command.options.filter(({ flags }) => !everywhere.includes(flags)).map(({ flags }) => `\`${flags}\``)
    const needs = command.description === undefined ? '' : ` ${command.description}`
    return [`\`hanse ${name} ${command.name}${words}\``, `${sentence(command.summary)}${needs}`, own.join(', ')]
  })
  return `### hanse ${name}\n\n${summary}\n\n${markdownTable(['command', 'what it does', 'own options'], rows)}`
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
