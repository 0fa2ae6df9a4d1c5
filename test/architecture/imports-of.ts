import ts from 'typescript'
import type { SourceFile } from './source-file.ts'

/** One place where a file names another module. */
export interface ImportUse {
  readonly specifier: string
  readonly line: number
  /** `type` leaves no trace at run time; `dynamic` is `import('…')`. */
  readonly form: 'static' | 'type' | 'dynamic'
}

/** Every module that a file imports, re-exports or loads, also inside type positions. */
export function importsOf(file: SourceFile): readonly ImportUse[] {
  const tree = parse(file)
  const uses: ImportUse[] = []
  const add = (node: ts.Node, specifier: ts.Node | undefined, form: ImportUse['form']): void => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier))
      uses.push({ specifier: specifier.text, line: lineOf(tree, node), form })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnly(node) ? 'type' : 'static')
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static')
    else if (ts.isImportTypeNode(node)) add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, 'type')
    else if (ts.isCallExpression(node) && isLoad(node)) add(node, node.arguments[0], 'dynamic')
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return uses
}

/** The syntax tree of one file. */
export function parse(file: SourceFile): ts.SourceFile {
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true)
}

/** The line, counted from one, where a node begins. */
export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
}

/** The npm package that a specifier names (`@hanse/core` of `@hanse/core/driver`); undefined for relative paths and `node:` modules. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined
  return /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0]
}

function isTypeOnly(node: ts.ImportDeclaration): boolean {
  return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
}

function isLoad(node: ts.CallExpression): boolean {
  return node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node.expression) && node.expression.text === 'require')
}
