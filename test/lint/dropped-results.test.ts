import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { droppedResults } from './dropped-results.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const prelude = `
import { errAsync, okAsync, ok, type Result, ResultAsync } from 'neverthrow'
declare const create: () => ResultAsync<number, Error>
declare const check: () => Result<number, Error>
declare const later: () => Promise<Result<number, Error>>
declare const flag: boolean
declare const ids: readonly string[]
declare const each: (visit: (id: string) => void) => void
declare const map: <T>(visit: (id: string) => T) => T[]
`

/** One program for all cases: each is a file of its own, so that the compiler starts once. */
function verdicts(cases: readonly string[]): readonly (readonly string[])[] {
  const files = new Map(
    cases.map((text, index) => [join(folder, `case-${index}.ts`), `${prelude}export async function body() {\n${text}\n}\n`]),
  )
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    types: [],
    noEmit: true,
  }
  const host = ts.createCompilerHost(options)
  const { fileExists, getSourceFile } = host
  host.fileExists = (path) => files.has(path) || fileExists(path)
  host.getSourceFile = (path, ...rest) => {
    const text = files.get(path)
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  // A case that does not compile would pass for the wrong reason.
  const errors = ts.getPreEmitDiagnostics(program).map((error) => ts.flattenDiagnosticMessageText(error.messageText, '\n'))
  expect(errors).toEqual([])
  const found = droppedResults(program, folder)
  return cases.map((_, index) => found.filter((line) => line.startsWith(`case-${index}.ts:`)))
}

const dropped = [
  'create()',
  'await create()',
  'check()',
  'later()',
  'await later()',
  'void create()',
  'void (await create())',
  'create().map((n) => n + 1)',
  'await create().andThen(() => okAsync(1))',
  '(create())',
  'flag ? create() : undefined',
  'flag && create()',
  'flag && (await create())',
  'create(), 1',
  'for (create(); flag; ) break',
  'each((id) => create())',
  'ids.forEach(() => check())',
  'for (const id of ids) { await create() }',
  'create().mapErr((e) => e).orElse((e) => errAsync(e))',
]

const kept = [
  'const result = await create()\nreturn result',
  'return create()',
  'return await create()',
  'await create().unwrapOr(undefined)',
  'check().unwrapOr(1)',
  'check()._unsafeUnwrap()',
  '(await create()).match((n) => n, () => 0)',
  'let result = ok<number, Error>(1) as Result<number, Error>\nresult = await create()\nreturn result',
  'await Promise.all(map(() => create()))',
  'return map(() => create())',
  'if ((await create()).isErr()) return 1',
  'each(() => { flag })',
  'String(await create())',
]

const [droppedVerdicts, keptVerdicts] = split(verdicts([...dropped, ...kept]))

function split(all: readonly (readonly string[])[]) {
  return [all.slice(0, dropped.length), all.slice(dropped.length)] as const
}

describe('a dropped result', () => {
  it.each(dropped.map((text, index) => ({ text, index })))('is found in $text', ({ index }) => {
    expect(droppedVerdicts[index]).toHaveLength(1)
  })

  it.each(kept.map((text, index) => ({ text, index })))('is not found in $text', ({ index }) => {
    expect(keptVerdicts[index]).toEqual([])
  })

  it('is reported with file, line, type and code', () => {
    expect(droppedVerdicts[1]).toEqual(['case-1.ts:11 drops a Result: await create()'])
  })
})
