import { join } from 'node:path'
import ts from 'typescript'
import { repositoryRoot } from '../../architecture/source-file.ts'

/** A member of an interface with what its comment says. */
export interface DocumentedMember {
  readonly name: string
  /** The comment without its tags. */
  readonly doc: string
  /** The tags of the comment by name, as in `@remedy`. */
  readonly tags: Readonly<Record<string, string>>
  /** Its type as it is written. */
  readonly type: string
  /** What the comment of that type says, if it is an interface of the same package. */
  readonly typeDoc: string
}

const sources = {
  core: 'packages/core/src/index.ts',
  provisioning: 'packages/provisioning/src/index.ts',
} as const

const programs = new Map<string, ts.Program>()

/** Reads the members of an interface that a package exports, through the compiler: comments are written once, beside the code. */
export function documentedInterface(owner: keyof typeof sources, name: string): readonly DocumentedMember[] {
  const program = programOf(sources[owner])
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(join(repositoryRoot, sources[owner]))
  const door = file === undefined ? undefined : checker.getSymbolAtLocation(file)
  const exported = door === undefined ? undefined : checker.getExportsOfModule(door).find((symbol) => symbol.name === name)
  if (exported === undefined) throw new Error(`${sources[owner]} exports no ${name}`)
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
  const declaration = symbol.declarations?.find(ts.isInterfaceDeclaration)
  if (declaration === undefined) throw new Error(`${name} is no interface`)
  return declaration.members.filter(ts.isPropertySignature).map((member) => {
    const memberSymbol = checker.getSymbolAtLocation(member.name)
    const typeSymbol = member.type === undefined ? undefined : checker.getTypeFromTypeNode(member.type).getSymbol()
    return {
      name: ts.isStringLiteral(member.name) ? member.name.text : member.name.getText(),
      doc: ts.displayPartsToString(memberSymbol?.getDocumentationComment(checker)),
      tags: Object.fromEntries((memberSymbol?.getJsDocTags(checker) ?? []).map((tag) => [tag.name, ts.displayPartsToString(tag.text)])),
      type: member.type?.getText() ?? 'unknown',
      typeDoc: ts.displayPartsToString(typeSymbol?.getDocumentationComment(checker)),
    }
  })
}

function programOf(entry: string): ts.Program {
  const known = programs.get(entry)
  if (known !== undefined) return known
  const config = ts.readConfigFile(join(repositoryRoot, 'tsconfig.base.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, repositoryRoot)
  const program = ts.createProgram([join(repositoryRoot, entry)], { ...options, types: [] })
  programs.set(entry, program)
  return program
}
