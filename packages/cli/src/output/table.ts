import stringWidth from 'string-width'
import { cleanLine } from './clean-text.ts'
import type { Paint } from './palette.ts'

/** How a table is laid out. */
export interface TableOptions {
  readonly paint: Paint
  /** The widest that a cell may be, in characters; a longer one ends with an ellipsis. Undefined: as wide as it is. */
  readonly maxCell: number | undefined
}

/** Lines of a table: a head and a line for each row, in columns as wide as what is in them in the eyes of a person. */
export function tableLines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { paint, maxCell }: TableOptions,
): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => shorten(cleanLine(cell), maxCell)))
  const widths = head.map((title, column) =>
    [title, ...cells.map((row) => row[column] ?? '')].reduce((widest, cell) => Math.max(widest, stringWidth(cell)), 0),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [paint('bold', line(head)), ...cells.map(line)]
}

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)))

function shorten(text: string, max: number | undefined): string {
  if (max === undefined || stringWidth(text) <= max) return text
  let kept = ''
  for (const character of text) {
    if (stringWidth(kept + character) > max - 1) break
    kept += character
  }
  return `${kept}…`
}
