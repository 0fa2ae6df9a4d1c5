import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Case } from './judge.ts'
import { judge } from './judge.ts'
import type { KillPoint, Phase } from './kill-point.ts'
import { look, openClouds, run } from './killed-run.ts'
import type { Which } from './killed-run.ts'

// A process of the crash test. `judge <file of cases>` takes lives and says what it found, a line of JSON for each case; everything else is
// a run: `<folder> <which> <phase> <kill point>`, which ends by SIGKILL, or says what it came by. `look <folder> <which>` says what is there.
const [one = '', two = '', three = '', four] = process.argv.slice(2)
if (one === 'judge') {
  const cases = JSON.parse(await readFile(two, 'utf8')) as readonly Case[]
  for (const each of cases) process.stdout.write(`${JSON.stringify(await judge(fileURLToPath(import.meta.url), each))}\n`)
} else if (one === 'look') {
  process.stdout.write(JSON.stringify(await look(await openClouds(two, three as Which), three as Which)))
} else {
  const kill = four === undefined ? undefined : (JSON.parse(four) as KillPoint)
  process.stdout.write(JSON.stringify(await run(one, two as Which, three as Phase, kill)))
}
