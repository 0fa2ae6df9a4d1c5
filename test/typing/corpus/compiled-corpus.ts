import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import ts from 'typescript'
import type { Capability } from '@hanse/core'
import { repositoryRoot } from '../../architecture/source-file.ts'

/** What the compiler says of a program: nothing, or its first complaint. */
export type CompileVerdict = { readonly accepted: true } | { readonly accepted: false; readonly message: string }

const here = join(repositoryRoot, 'test/typing/corpus')
const folder = join(here, 'programs')
const files = readdirSync(folder).map((file) => join(folder, file))
const cloudFile = join(here, 'the-cloud.ts')

const { config } = ts.readConfigFile(join(repositoryRoot, 'tsconfig.json'), ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(
  { ...config, compilerOptions: { ...config.compilerOptions, incremental: false, tsBuildInfoFile: null } },
  ts.sys,
  repositoryRoot,
)
// Read once and shared by all sets: only the type of the cloud differs.
let previous: ts.Program | undefined
const sources = new Map<string, ts.SourceFile | undefined>()

/** The programs by name, and where each stands. Each is one exported constant. */
export function programNames(): readonly { readonly file: string; readonly name: string }[] {
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, ts.sys.readFile(file) ?? '', ts.ScriptTarget.ES2023, true)
    return exportedConstants(source).map(({ name }) => ({ file: basename(file), name }))
  })
}

/** Compiles every program of the corpus against a cloud that has exactly these capabilities. */
export function compileCorpus(capabilities: readonly Capability[]): ReadonlyMap<string, CompileVerdict> {
  const cloud = `import type { CloudWith } from '@hanse/core'\nexport type TheCloud = CloudWith<${capabilities.map((name) => `'${name}'`).join(' | ')}>\n`
  const program = programOf(files, cloudFile, cloud)
  return new Map(files.flatMap((file) => verdictsOf(program, file)))
}

/** What the compiler says of a text, all of it. */
export function complaintsOf(text: string): readonly string[] {
  const file = join(here, 'a-text.ts')
  const program = programOf([file], file, text)
  return complaints(program, file).found.map(textOf)
}

/** A program in which one file has another text. */
function programOf(roots: readonly string[], replaced: string, text: string): ts.Program {
  const host = ts.createCompilerHost(options)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (file, language, ...rest) => {
    if (file === replaced) return ts.createSourceFile(file, text, language)
    if (!sources.has(file)) sources.set(file, read(file, language, ...rest))
    return sources.get(file)
  }
  const exists = host.fileExists.bind(host)
  host.fileExists = (file) => file === replaced || exists(file)
  previous = ts.createProgram({ rootNames: roots, options, host, ...(previous === undefined ? {} : { oldProgram: previous }) })
  return previous
}

function complaints(program: ts.Program, file: string): { readonly source: ts.SourceFile; readonly found: readonly ts.Diagnostic[] } {
  const source = program.getSourceFile(file)
  if (source === undefined) throw new Error(`${file} is not there`)
  return { source, found: [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)] }
}

function verdictsOf(program: ts.Program, file: string): readonly (readonly [string, CompileVerdict])[] {
  const { source, found } = complaints(program, file)
  const constants = exportedConstants(source)
  const outside = found.find(({ start = 0, code }) => code !== unused && !constants.some(({ from, to }) => start >= from && start < to))
  if (outside !== undefined) throw new Error(`${file} does not compile outside of its programs: ${textOf(outside)}`)
  return constants.map(({ name, from, to }) => {
    const own = found.filter(({ start = 0 }) => start >= from && start < to)
    // A parameter without a type is what follows from a call that does not exist; that call is what is wrong.
    const first = own.find(({ code }) => code !== implicitAny) ?? own[0]
    return [name, first === undefined ? { accepted: true } : { accepted: false, message: textOf(first) }]
  })
}

const implicitAny = 7031
const unused = 6133

/** A message with what explains it, indented as the compiler prints it. */
const textOf = (diagnostic: ts.Diagnostic): string => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')

function exportedConstants(source: ts.SourceFile): readonly { readonly name: string; readonly from: number; readonly to: number }[] {
  return source.statements.flatMap((statement) => {
    if (!ts.isVariableStatement(statement) || !statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return []
    const [declaration] = statement.declarationList.declarations
    return declaration === undefined ? [] : [{ name: declaration.name.getText(source), from: statement.pos, to: statement.end }]
  })
}
