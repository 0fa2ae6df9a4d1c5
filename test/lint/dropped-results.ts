import { relative } from 'node:path'
import ts from 'typescript'

/**
 * Places where a `Result` or `ResultAsync` of neverthrow is dropped, one line each: an error would vanish there.
 *
 * A result is dropped by `create()` and by `await create()` as a statement; by `void`, whose meaning "I know" would silence the rule
 * where it matters; by the left side of a comma; by the branch of a `?:`, `&&`, `||` or `??` statement; and by an arrow function whose
 * caller expects no value (`items.forEach((item) => remove(item))`). Assigning, returning and every method that ends in something else
 * than a result pass. To ignore an error on purpose, say so: `await remove().unwrapOr(undefined)`.
 */
export function droppedResults(program: ts.Program, folder: string): readonly string[] {
  const checker = program.getTypeChecker()
  return (
    program
      .getSourceFiles()
      .filter((file) => !file.isDeclarationFile && !file.fileName.includes('/node_modules/'))
      // Tests of types are never run.
      .filter((file) => !file.fileName.endsWith('.test-d.ts'))
      .flatMap((file) => {
        const found: string[] = []
        const visit = (node: ts.Node): void => {
          for (const expression of unused(node, checker)) {
            const name = resultName(checker.getTypeAtLocation(expression), checker)
            if (name === undefined) continue
            const { line } = file.getLineAndCharacterOfPosition(expression.getStart(file))
            found.push(`${relative(folder, file.fileName)}:${line + 1} drops a ${name}: ${excerpt(expression)}`)
          }
          ts.forEachChild(node, visit)
        }
        visit(file)
        return found
      })
  )
}

/** Expressions right below `node` whose value nobody will see. */
function unused(node: ts.Node, checker: ts.TypeChecker): readonly ts.Expression[] {
  if (ts.isExpressionStatement(node)) return ends(node.expression)
  if (ts.isVoidExpression(node)) return ends(node.expression)
  if (ts.isForStatement(node)) {
    const { initializer, incrementor } = node
    const first = initializer !== undefined && ts.isExpression(initializer) ? ends(initializer) : []
    return incrementor === undefined ? first : [...first, ...ends(incrementor)]
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken) return ends(node.left)
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body) && expectsNothing(node, checker)) return ends(node.body)
  return []
}

/** The expressions that may become the value of `expression`. */
function ends(expression: ts.Expression): readonly ts.Expression[] {
  if (ts.isParenthesizedExpression(expression)) return ends(expression.expression)
  if (ts.isConditionalExpression(expression)) return [...ends(expression.whenTrue), ...ends(expression.whenFalse)]
  // A comma's left side and the operand of `void` are visited as nodes of their own.
  if (ts.isVoidExpression(expression)) return []
  if (!ts.isBinaryExpression(expression)) return [expression]
  switch (expression.operatorToken.kind) {
    case ts.SyntaxKind.CommaToken:
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return ends(expression.right)
    default:
      // An assignment stores its value.
      return []
  }
}

/** True if whoever takes this function looks at no value: its expected type returns void. */
function expectsNothing(node: ts.ArrowFunction, checker: ts.TypeChecker): boolean {
  if (node.type !== undefined) return false
  const signatures = checker.getContextualType(node)?.getCallSignatures() ?? []
  return signatures.length > 0 && signatures.every((signature) => (signature.getReturnType().flags & ts.TypeFlags.Void) !== 0)
}

/** The name of the neverthrow type inside `type`, seen through promises and unions. */
function resultName(type: ts.Type, checker: ts.TypeChecker): string | undefined {
  const members = type.isUnion() ? type.types : [type]
  for (const member of members) {
    const name = member.symbol?.name
    if (name !== undefined && /^(Ok|Err|ResultAsync)$/.test(name) && isNeverthrow(member.symbol))
      return name === 'ResultAsync' ? name : 'Result'
    const inner = name === 'Promise' ? checker.getAwaitedType(member) : undefined
    const found = inner === undefined ? undefined : resultName(inner, checker)
    if (found !== undefined) return found
  }
  return undefined
}

function isNeverthrow(symbol: ts.Symbol): boolean {
  return symbol.declarations?.some((declaration) => declaration.getSourceFile().fileName.includes('/neverthrow/')) === true
}

function excerpt(expression: ts.Expression): string {
  const text = expression.getText().replace(/\s+/g, ' ')
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`
}
