import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Contents } from './cloud-contents.ts'
import type { KillPoint, Phase } from './kill-point.ts'
import { bring, look, openClouds, optionsFor, planAgain } from './killed-run.ts'
import type { Which } from './killed-run.ts'

/** One life to be taken, and what must be so afterwards. */
export interface Case {
  readonly which: Which
  readonly phase: Phase
  readonly kill: KillPoint
  /** The folder as it was when the phase began. */
  readonly from: string
  /** What an undisturbed run leaves, by cloud. */
  readonly expected: readonly Contents['resources'][]
  /** Whether the next run brings the stack to where the killed one was going. */
  readonly goesOn: boolean
  /** Whether the last run takes everything away. */
  readonly destroys: boolean
}

/** Kills a process at a point and lets the next run go on. Gives what is wrong, in words. */
export async function judge(program: string, each: Case): Promise<readonly string[]> {
  const { which, phase, kill } = each
  const folder = await mkdtemp(join(tmpdir(), 'hanse-crash-'))
  const wrong: string[] = []
  try {
    await mkdir(folder, { recursive: true })
    await cp(each.from, folder, { recursive: true })
    const killed = spawnSync(process.execPath, [program, folder, which, phase, JSON.stringify(kill)], { encoding: 'utf8' })
    if (killed.signal !== 'SIGKILL') return [`was never reached: it ended with ${killed.status} and said ${killed.stdout}${killed.stderr}`]

    const clouds = await openClouds(folder, which)
    for (const { keys } of await look(clouds, which))
      for (const key of keys) if (keys.filter((other) => other === key).length > 1) wrong.push(`after the kill ${key} was there twice`)

    const options = optionsFor(folder)
    if (each.goesOn) {
      const next = await bring(clouds, which, phase, options)
      if (next.isErr()) wrong.push(`the next run failed: ${next.error.code} ${next.error.message}`)
      for (const [index, { resources, keys }] of (await look(clouds, which)).entries()) {
        if (!isDeepStrictEqual(resources, each.expected[index])) wrong.push(difference(resources, each.expected[index] ?? {}))
        if (keys.length !== Object.keys(resources).length)
          wrong.push(`there are ${keys.length} resources under ${Object.keys(resources).length} addresses`)
      }
      if (phase !== 'none') {
        const { summary } = (await planAgain(clouds, which, phase, options))._unsafeUnwrap()
        if (summary.create + summary.update + summary.replace + summary.delete > 0)
          wrong.push(`the last plan is not empty: ${JSON.stringify(summary)}`)
      }
    }
    if (each.destroys) {
      const gone = await bring(clouds, which, 'none', options)
      if (gone.isErr()) wrong.push(`destroying failed: ${gone.error.code} ${gone.error.message}`)
      for (const { keys } of await look(clouds, which))
        if (keys.length > 0) wrong.push(`after the destroy there still was ${keys.join(', ')}`)
    }
    await Promise.all([clouds.main.close(), clouds.edge.close()])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return wrong
}

function difference(found: Contents['resources'], expected: Contents['resources']): string {
  const names = [...new Set([...Object.keys(found), ...Object.keys(expected)])].filter(
    (name) => !isDeepStrictEqual(found[name], expected[name]),
  )
  const shown = names.slice(0, 3).map((name) => `${name} is ${JSON.stringify(found[name])}, expected ${JSON.stringify(expected[name])}`)
  return `${names.length} resources are not as wanted: ${shown.join('; ')}`
}
