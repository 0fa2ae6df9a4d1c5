import { isTest, type SourceFile } from './source-file.ts'

// Lines that a file may have.
const limits = { source: 400, sourceNinetieth: 250, test: 500 } as const

/** Files that are too long to be read in one sitting, and the tenth-longest source file when too many come near. */
export function tooLong(files: readonly SourceFile[]): readonly string[] {
  const lengths = files.map((file) => ({
    path: file.path,
    test: isTest(file.path) || file.path.startsWith('test/'),
    lines: linesOf(file.text),
  }))
  const over = lengths
    .filter((file) => file.lines > (file.test ? limits.test : limits.source))
    .map((file) => `${file.path} has ${file.lines} lines, at most ${file.test ? limits.test : limits.source}`)
  const sources = lengths.filter((file) => !file.test).sort((a, b) => a.lines - b.lines)
  const ninetieth = sources[Math.ceil(sources.length * 0.9) - 1]
  if (ninetieth === undefined || ninetieth.lines <= limits.sourceNinetieth) return over
  return [...over, `one source file in ten is longer than ${limits.sourceNinetieth} lines (${ninetieth.path} has ${ninetieth.lines})`]
}

function linesOf(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}
