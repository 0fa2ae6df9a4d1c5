import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { err, ok, ResultAsync } from 'neverthrow'
import type { Result } from 'neverthrow'
import type { CommandCall, RunCommand } from '../command/command.ts'
import { exitCode } from '../exit-code.ts'
import { usage } from '../failure.ts'
import type { Failure } from '../failure.ts'
import { version } from '../version.ts'
import { projectFiles } from './project-files.ts'

/** `hanse init` */
export const init: RunCommand = async (call) => {
  const { host, screen, args } = call
  const folder = resolve(host.cwd, args[0] ?? '.')
  const name = await chooseName(call, folder)
  if (name.isErr()) return err(name.error)
  const files = Object.entries(projectFiles(name.value, version))
  const standing = files.map(([file]) => join(folder, file)).filter((path) => existsSync(path))
  if (standing.length > 0)
    return err({
      code: 'AlreadyThere',
      exit: exitCode.failed,
      message: `${standing.join(', ')} ${standing.length === 1 ? 'is' : 'are'} there already; nothing was written.`,
      remedy: 'Name another folder, or move what is there away.',
    })
  const written = await write(folder, files)
  if (written.isErr()) return err(written.error)

  const here = relative(host.cwd, folder)
  if (screen.json) screen.document('initialized', { folder, name: name.value, files: files.map(([file]) => file) })
  else {
    for (const [file] of files) screen.print(`${screen.paint('green', '+')} ${join(here, file)}`)
    screen.print()
    screen.print('Next:')
    for (const line of [...(here === '' ? [] : [`cd ${here}`]), 'npm install', 'npx hanse apply', 'npm test']) screen.print(`  ${line}`)
  }
  return ok(exitCode.done)
}

async function chooseName({ host, screen, options }: CommandCall, folder: string): Promise<Result<string, Failure>> {
  const suggested =
    basename(folder)
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '')
      .slice(0, 40) || 'stack'
  if (options.name !== undefined) return checkName(options.name)
  if (options.yes === true) return ok(suggested)
  if (!host.canAsk || screen.json)
    return err(usage('There is nobody to ask for the name of the project.', 'Say --name, or --yes to take the name of the folder.'))
  const answer = await host.ask(`Name of the project [${suggested}]: `)
  if (answer === undefined) return err({ code: 'Interrupted', exit: exitCode.interrupted, message: 'Interrupted. Nothing was written.' })
  return checkName(answer.trim() === '' ? suggested : answer.trim())
}

/** A name that is good for a package, a stack, and resources of every provider. */
const checkName = (name: string): Result<string, Failure> =>
  /^[a-z][a-z0-9-]{0,39}$/.test(name)
    ? ok(name)
    : err(
        usage(
          `${JSON.stringify(name)} is no name for a project.`,
          'Begin with a lower-case letter; up to 39 lower-case letters, digits and hyphens may follow.',
        ),
      )

const write = (folder: string, files: readonly (readonly [string, string])[]): ResultAsync<void, Failure> =>
  ResultAsync.fromThrowable(
    async () => {
      await mkdir(folder, { recursive: true })
      // Exclusive: what came into being meanwhile is not overwritten either.
      for (const [file, text] of files) await writeFile(join(folder, file), text, { flag: 'wx' })
    },
    (cause): Failure => ({
      code: 'Unwritable',
      exit: exitCode.failed,
      message: `The project could not be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      remedy: 'Name a folder that you may write to.',
      cause,
    }),
  )()
