import ts from 'typescript'
import { lineOf, parse } from './imports-of.ts'
import type { SourceFile } from './source-file.ts'

/** Something that a pure file does not do. `catch` turns a throw into a value; the others reach outside the program. */
export type Impurity = 'catch' | 'environment' | 'clock' | 'random' | 'timer' | 'fetch'

/** One place where a file does it. */
export interface ImpureUse {
  readonly path: string
  readonly line: number
  readonly impurity: Impurity
}

const members: Readonly<Record<string, Impurity>> = {
  'process.env': 'environment',
  'Date.now': 'clock',
  'performance.now': 'clock',
  'process.hrtime': 'clock',
  'Math.random': 'random',
  'crypto.randomUUID': 'random',
  'crypto.getRandomValues': 'random',
  'crypto.randomBytes': 'random',
  'crypto.randomInt': 'random',
  'AbortSignal.timeout': 'timer',
}

const functions: Readonly<Record<string, Impurity>> = {
  fetch: 'fetch',
  setTimeout: 'timer',
  setInterval: 'timer',
  setImmediate: 'timer',
}

/** Imports of these modules bring the same things under other names. */
const modules: Readonly<Record<string, { readonly names: RegExp; readonly impurity: Impurity }>> = {
  'node:crypto': { names: /^random|^getRandomValues$/, impurity: 'random' },
  'node:timers': { names: /./, impurity: 'timer' },
  'node:timers/promises': { names: /./, impurity: 'timer' },
  'node:perf_hooks': { names: /^performance$/, impurity: 'clock' },
  'node:process': { names: /^env$/, impurity: 'environment' },
}

/** Every impure place in the files. A name that the file declares itself, as a parameter for example, is not the global one. */
export function impurities(files: readonly SourceFile[]): readonly ImpureUse[] {
  return files.flatMap((file) => {
    const tree = parse(file)
    const own = declaredNames(tree)
    const uses: ImpureUse[] = []
    const visit = (node: ts.Node): void => {
      for (const impurity of impuritiesOf(node, own)) uses.push({ path: file.path, line: lineOf(tree, node), impurity })
      ts.forEachChild(node, visit)
    }
    visit(tree)
    return uses
  })
}

function impuritiesOf(node: ts.Node, own: ReadonlySet<string>): readonly Impurity[] {
  if (ts.isCatchClause(node)) return ['catch']
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'catch') return ['catch']
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && (node.arguments ?? []).length === 0) return ['clock']
  if (ts.isCallExpression(node) && isNamed(node.expression, 'Date')) return ['clock']
  if (ts.isPropertyAccessExpression(node)) return memberImpurity(node, own)
  if (ts.isVariableDeclaration(node)) return destructured(node)
  if (ts.isImportDeclaration(node)) return importImpurities(node)
  if (ts.isIdentifier(node) && isValue(node) && !own.has(node.text)) return optional(functions[node.text])
  return []
}

/** `process.env`, also as `globalThis.process.env`, and `globalThis.fetch`. */
function memberImpurity(node: ts.PropertyAccessExpression, own: ReadonlySet<string>): readonly Impurity[] {
  const base = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression
  if (!ts.isIdentifier(base)) return []
  if (base.text === 'globalThis') return optional(functions[node.name.text])
  return own.has(base.text) ? [] : optional(members[`${base.text}.${node.name.text}`])
}

/** `const { env } = process`. */
function destructured(node: ts.VariableDeclaration): readonly Impurity[] {
  const source = node.initializer
  if (!ts.isObjectBindingPattern(node.name) || source === undefined || !ts.isIdentifier(source)) return []
  return node.name.elements.flatMap((element) => {
    const name = element.propertyName ?? element.name
    if (!ts.isIdentifier(name)) return []
    return optional(source.text === 'globalThis' ? functions[name.text] : members[`${source.text}.${name.text}`])
  })
}

function importImpurities(node: ts.ImportDeclaration): readonly Impurity[] {
  const module = ts.isStringLiteral(node.moduleSpecifier) ? modules[node.moduleSpecifier.text] : undefined
  const bindings = node.importClause?.namedBindings
  if (module === undefined || node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return []
  if (bindings === undefined || ts.isNamespaceImport(bindings)) return [module.impurity]
  return bindings.elements.filter((element) => module.names.test((element.propertyName ?? element.name).text)).map(() => module.impurity)
}

/** An identifier that is read, not one that names a property, a declaration, a type or an import. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isTypeQueryNode(parent) || ts.isQualifiedName(parent) || ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false
  if (ts.isBindingElement(parent)) return parent.initializer === node
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.initializer === node
  return !ts.isTypeElement(parent) && !ts.isClassElement(parent) && !ts.isFunctionDeclaration(parent) && !ts.isTypeNode(parent)
}

function declaredNames(tree: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (node: ts.Node): void => {
    const declares =
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isVariableDeclaration(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isImportSpecifier(node)
    if (declares && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return names
}

function isNamed(node: ts.Expression, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name
}

function optional(impurity: Impurity | undefined): readonly Impurity[] {
  return impurity === undefined ? [] : [impurity]
}
