/** A table in Markdown. Cells may hold code and links; a bar in one is escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

/** A word in code; nothing for nothing. */
export const code = (text: string | undefined): string => (text === undefined || text === '' ? '' : `\`${text}\``)

/** What the meaning of a phase is called on a page. */
export const meanings = { pending: 'not ready yet', ready: 'ready', failed: 'failed for good', gone: 'gone' } as const
