/** Names that say nothing about what is inside. */
const vague = ['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'types', 'shared', 'lib', 'stuff']

const part = '[a-z0-9]+(?:-[a-z0-9]+)*'
const sourceName = new RegExp(`^${part}(\\.(test|test-d|bench|contract|fixture|config))?\\.(ts|mts|cts|js|mjs)$`)
const folderName = new RegExp(`^(${part}|__fixtures__)$`)

/** Source files and folders that are not kebab-case or whose name says nothing. */
export function badNames(paths: readonly string[]): readonly string[] {
  return paths
    .filter((path) => /^(packages|examples|test|docs)\/.*\.(ts|tsx|mts|cts|js|mjs)$/.test(path))
    .flatMap((path) => {
      const parts = path.split('/')
      const file = parts.pop() ?? ''
      const stem = file.replace(/\..*$/, '')
      const problems: string[] = []
      if (!sourceName.test(file)) problems.push(`${path}: not kebab-case`)
      if (vague.includes(stem)) problems.push(`${path}: "${stem}" says nothing; name the file after its main export`)
      for (const folder of parts) {
        if (!folderName.test(folder)) problems.push(`${path}: folder "${folder}" is not kebab-case`)
        if (vague.includes(folder)) problems.push(`${path}: folder "${folder}" says nothing`)
      }
      return problems
    })
}

/** What may stand at the top of the repository: four folders, four files, and what the ecosystem expects by name. */
export const topLevel: readonly string[] = [
  ...['packages', 'examples', 'docs', 'test'],
  ...['package.json', 'pnpm-workspace.yaml', 'tsconfig.base.json', 'README.md'],
  ...['LICENSE', 'CONTRIBUTING.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md', 'GOVERNANCE.md', '.github', '.changeset', '.ci', '.gitignore'],
  ...['pnpm-lock.yaml', 'tsconfig.json', 'vitest.config.ts', 'biome.json', 'knip.json'],
]

/** Entries at the top of the repository that the list does not know. */
export function strangersAtTheTop(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map((path) => path.split('/')[0] ?? path))].filter((name) => !topLevel.includes(name))
}
