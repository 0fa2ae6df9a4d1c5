import { join } from 'node:path'
import ts from 'typescript'
import { repositoryRoot } from '../architecture/source-file.ts'
import type { PublishedPackage } from './published-packages.ts'

/** Where the report of a package is kept, relative to the root. */
export function reportPath(published: PublishedPackage): string {
  return `docs/reference/api/${published.name.replace(/^@hanse\//, '')}.md`
}

/**
 * The public types of a package as text: for each door the declaration of every export, by name and without comments; then the
 * declarations that these speak of and that no door exports. Made from the built declarations, so it shows what users compile against.
 */
export function apiReport(published: PublishedPackage): string {
  const folder = join(repositoryRoot, published.folder)
  const entries = published.doors.map((door) => join(folder, door.types))
  const program = ts.createProgram(entries, {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    skipLibCheck: true,
    types: [],
  })
  const checker = program.getTypeChecker()
  const inside = (declaration: ts.Node): boolean => declaration.getSourceFile().fileName.startsWith(`${folder}/dist/`)
  const shown = new Set<ts.Symbol>()
  const mentioned = new Set<ts.Symbol>()

  const show = (name: string, symbol: ts.Symbol): string => {
    shown.add(symbol)
    const declarations = (symbol.declarations ?? []).filter(inside)
    for (const declaration of declarations) collect(declaration)
    const home = symbol.declarations?.[0] === undefined ? undefined : foreignHome(symbol.declarations[0])
    const body = declarations.length > 0 ? declarations.map(print).join('\n') : `// re-exported from ${home ?? 'elsewhere'}`
    return `### ${name}\n\n\`\`\`ts\n${body}\n\`\`\`\n`
  }
  const collect = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const symbol = resolve(checker.getSymbolAtLocation(node), checker)
      // Members and type parameters belong to what is shown already; only what stands at the top of a file has a place of its own.
      if (symbol?.declarations?.some((declaration) => inside(declaration) && isTopLevel(declaration)) === true) mentioned.add(symbol)
    }
    ts.forEachChild(node, collect)
  }

  const sections = published.doors.map((door, index) => {
    const source = program.getSourceFile(entries[index] ?? '')
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source)
    const exported = module === undefined ? [] : checker.getExportsOfModule(module)
    const parts = byName(exported).map((symbol) => show(symbol.name, resolve(symbol, checker) ?? symbol))
    return `## ${door.specifier}\n\n${parts.length === 0 ? 'Exports nothing.\n' : parts.join('\n')}`
  })
  const behind: string[] = []
  for (let rest = unseen(mentioned, shown); rest.length > 0; rest = unseen(mentioned, shown)) {
    behind.push(...rest.map((symbol) => show(symbol.name, symbol)))
  }
  if (behind.length > 0) sections.push(`## Not exported, but part of the above\n\n${behind.sort().join('\n')}`)
  const intro = 'Made by `npm run api` from the built declarations. A change here is a change for users: it needs a changeset.'
  return `# The public types of ${published.name}\n\n${intro}\n\n${sections.join('\n')}`
}

const printer = ts.createPrinter({ removeComments: true })

function print(declaration: ts.Declaration): string {
  const text = printer.printNode(ts.EmitHint.Unspecified, declaration, declaration.getSourceFile())
  // One `const` may declare many names; each is shown alone.
  if (ts.isVariableDeclaration(declaration)) return `const ${text};`
  return text.replace(/^export /, '').replace(/^declare /, '')
}

function isTopLevel(declaration: ts.Declaration): boolean {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  return ts.isSourceFile(node.parent)
}

/** Follows import and export aliases to the declaration. */
function resolve(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Symbol | undefined {
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol
}

function foreignHome(declaration: ts.Declaration): string | undefined {
  const { fileName } = declaration.getSourceFile()
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(fileName)?.[1] ?? /\/packages\/([^/]+)\//.exec(fileName)?.[1]
}

function unseen(mentioned: ReadonlySet<ts.Symbol>, shown: ReadonlySet<ts.Symbol>): readonly ts.Symbol[] {
  return byName([...mentioned].filter((symbol) => !shown.has(symbol)))
}

function byName(symbols: readonly ts.Symbol[]): readonly ts.Symbol[] {
  return [...symbols].sort((a, b) => (a.name < b.name ? -1 : 1))
}
