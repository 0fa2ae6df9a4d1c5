import ts from 'typescript'
import { lineOf, parse } from './imports-of.ts'
import type { SourceFile } from './source-file.ts'

/** `export *` and default exports: both hide what a file offers. Configuration files of tools are read by their default export. */
export function hiddenExports(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const tree = parse(file)
    return tree.statements.flatMap((statement) => {
      const where = `${file.path}:${lineOf(tree, statement)}`
      if (ts.isExportDeclaration(statement) && isStar(statement)) return [`${where} export *: name what you export`]
      if (isDefault(statement) && !file.path.endsWith('.config.ts')) return [`${where} export default: give it a name`]
      return []
    })
  })
}

function isStar(statement: ts.ExportDeclaration): boolean {
  return statement.exportClause === undefined || ts.isNamespaceExport(statement.exportClause)
}

function isDefault(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true
  if (ts.isExportDeclaration(statement) && statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause)) {
    return statement.exportClause.elements.some((element) => element.name.text === 'default')
  }
  return ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword) === true
}
