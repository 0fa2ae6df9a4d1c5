import { cleanLine } from './clean-text.ts'
import type { Screen } from './screen.ts'
import { showValue } from './show-value.ts'

/** Shows what a stack gives. */
export function printOutputs(screen: Screen, outputs: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(outputs)
  if (names.length === 0) return
  const width = Math.max(...names.map((name) => name.length))
  screen.print()
  screen.print(screen.paint('bold', 'Outputs'))
  for (const name of names) screen.print(`  ${name.padEnd(width)}  ${cleanLine(showValue(outputs[name]))}`)
}
