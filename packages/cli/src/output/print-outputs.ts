import { cleanLine } from './clean-text.ts'
import type { Screen } from './screen.ts'

/** Shows what a stack gives. */
export function printOutputs(screen: Screen, outputs: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(outputs)
  if (names.length === 0) return
  const width = Math.max(...names.map((name) => name.length))
  screen.print()
  screen.print(screen.paint('bold', 'Outputs'))
  for (const name of names) screen.print(`  ${name.padEnd(width)}  ${cleanLine(showValue(outputs[name]))}`)
}

/** A value as a person reads it. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map(showValue).join(', ')
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${name}=${showValue(member)}`)
    .join(', ')
}
