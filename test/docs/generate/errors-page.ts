import type { DocumentedMember } from './documented-interface.ts'
import { documentedInterface } from './documented-interface.ts'
import type { GeneratedFile } from './generated-files.ts'
import { markdownTable } from './markdown-table.ts'

/** Every code of both unions of errors, from the comments of the interfaces that declare them. */
export const errorsPage = (): GeneratedFile => {
  const cloud = documentedInterface('core', 'CloudErrorDetails')
  const stack = documentedInterface('provisioning', 'StackErrorDetails')
  const text = `# Errors

Operations give results and never throw. An error has a \`code\`, a \`message\` for people, \`details\` by code, and is an \`Error\`. Switch on \`code\`; the set is closed, so the compiler can hold you to all of it. [How to handle errors](../how-to/handle-errors.md) shows how.

## CloudError

What an operation of a cloud fails with. \`retryable\` says whether the same call may succeed later; \`context\` has the driver, the operation, the provider's own code and request id where there are any, and what exists now because of the failed call. Where the table says yes or no, that is what core answers unless the driver knows better.

${overview(cloud, '')}

${cloud.map((member) => section(member, member.name)).join('\n\n')}

## StackError

What \`plan\`, \`apply\` and \`destroy\` fail with. \`remedy\` says in one or two sentences what to do.

${overview(stack, 'stackerror-')}

${stack.map((member) => section(member, `StackError: ${member.name}`)).join('\n\n')}
`
  return { path: 'docs/reference/errors.md', text }
}

const overview = (members: readonly DocumentedMember[], prefix: string): string =>
  markdownTable(
    ['code', 'what it means', 'may succeed later'],
    members.map(({ name, doc, tags }) => [`[\`${name}\`](#${prefix}${name.toLowerCase()})`, doc, told(name, tags, 'retryable')]),
  )

const section = ({ name, doc, tags, type }: DocumentedMember, title: string): string => `### ${title}

${doc}

- **Details**: ${type === 'object' ? 'none' : `\`${type.replaceAll(/\s+/g, ' ').replaceAll('readonly ', '')}\``}
- **May succeed later**: ${told(name, tags, 'retryable')}
- **What to do**: ${told(name, tags, 'remedy')}`

function told(code: string, tags: DocumentedMember['tags'], tag: string): string {
  const text = tags[tag]
  if (text === undefined || text === '') throw new Error(`the comment of ${code} has no @${tag}`)
  return text
}
