import { constants, existsSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Cloud } from '@hanse/core'
import { kindService } from '@hanse/core'
import { fileStateStore, hasSecrets } from '@hanse/provisioning'
import type { ProjectConfig } from '@hanse/provisioning'
import { ok, ResultAsync } from 'neverthrow'
import type { CommandCall, RunCommand } from '../command/command.ts'
import { exitCode } from '../exit-code.ts'
import type { Failure } from '../failure.ts'
import { withInterrupts } from '../interrupts.ts'
import { cleanLine } from '../output/clean-text.ts'
import type { Screen } from '../output/screen.ts'
import type { Environment } from '../project/choose-environment.ts'
import { chooseProject, keysOf } from '../project/open-project.ts'
import { openOne } from '../project/open-clouds.ts'
import { keyPlace, stateKey } from '../project/state-key.ts'

interface Check {
  readonly name: string
  readonly status: 'ok' | 'warn' | 'fail'
  readonly message: string
  readonly remedy?: string | undefined
}

/** `hanse doctor` */
export const doctor: RunCommand = (call) =>
  withInterrupts(call, async (signal) => {
    const checks = [runtime(call), ...(await project(call, signal))]
    const failed = checks.some(({ status }) => status === 'fail')
    if (call.screen.json) call.screen.document('doctor', { ok: !failed, checks })
    else print(call.screen, checks)
    return ok(failed ? exitCode.failed : exitCode.done)
  })

const good = (name: string, message: string): Check => ({ name, status: 'ok', message })
const bad = (name: string, { message, remedy }: Pick<Failure, 'message' | 'remedy'>): Check => ({ name, status: 'fail', message, remedy })

/** As `engines` of the manifest says. */
const oldest = [20, 19] as const

function runtime({ host }: CommandCall): Check {
  const [major = 0, minor = 0] = host.runtimeVersion.replace(/^v/, '').split('.').map(Number)
  const isRecent = major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
  return isRecent
    ? good('runtime', `Node ${host.runtimeVersion}`)
    : bad('runtime', { message: `Node ${host.runtimeVersion} is older than ${oldest.join('.')}`, remedy: 'Install a newer Node.' })
}

async function project(call: CommandCall, signal: AbortSignal): Promise<readonly Check[]> {
  const chosen = await chooseProject(call)
  if (chosen.isErr()) return [bad('configuration', chosen.error)]
  const { loaded, environment, stateFolder } = chosen.value
  const { config } = loaded
  const clouds = [...new Set(Object.values(environment.clouds))]
  return [
    good('configuration', `${loaded.path}, environment ${environment.name}`),
    stack(config),
    ...(await Promise.all(clouds.map((name) => cloud(call, config, name, signal)))),
    await folder(stateFolder),
    await key(call, config, environment, stateFolder),
    await lease(config, environment, stateFolder),
  ]
}

function stack({ stack: { name, members, problems } }: ProjectConfig): Check {
  const [first] = problems
  if (first === undefined) return good('stack', `${name}, ${members.size} ${members.size === 1 ? 'resource' : 'resources'}`)
  return bad('stack', { message: `${first.path.join('.')}: ${first.message}`, remedy: 'See all that is wrong with: hanse plan' })
}

async function cloud({ host }: CommandCall, config: ProjectConfig, name: string, signal: AbortSignal): Promise<Check> {
  const title = `cloud ${name}`
  const beganAt = host.now()
  const opened = await openOne(host, config.clouds, name, true, signal)
  if (opened.isErr())
    return bad(title, { message: opened.error.message, remedy: opened.error.remedy ?? 'Look at its configuration and credentials.' })
  const answered = await answers(opened.value, signal)
  await opened.value.close().unwrapOr(undefined)
  if (answered !== undefined)
    return bad(title, { message: `opens, and does not answer a list: ${answered}`, remedy: 'Look at the permissions of its credentials.' })
  return good(title, `${opened.value.driver}, opens and answers in ${host.now() - beganAt} ms`)
}

/** Asks for one page of the first kind that has a list; gives what went wrong. */
async function answers(opened: Cloud, signal: AbortSignal): Promise<string | undefined> {
  const service = Object.keys(opened.kinds)
    .map((kind) => (opened.kinds[kind]?.verbs.includes('list') === true ? kindService(opened, kind) : undefined))
    .find((each) => each?.list !== undefined)
  if (service?.list === undefined) return undefined
  const page = await service.list({}, { pageSize: 1, signal }).page()
  return page.isErr() ? `${page.error.code}: ${page.error.message}` : undefined
}

async function folder(path: string): Promise<Check> {
  // A folder that is not there is made by the first apply, in the nearest parent that is.
  let nearest = path
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest)
  const usable = await ResultAsync.fromPromise(access(nearest, constants.R_OK | constants.W_OK | constants.X_OK), () => nearest)
  if (usable.isErr())
    return bad('state folder', {
      message: `${nearest} cannot be read and written`,
      remedy: `Give the user that runs this permission, or name another folder with --state.`,
    })
  return good('state folder', nearest === path ? `${path} can be read and written` : `${path} is not there yet, and can be made`)
}

async function key({ host }: CommandCall, { stack: wanted }: ProjectConfig, environment: Environment, stateFolder: string): Promise<Check> {
  const place = keyPlace(host, wanted.name)
  const found = await stateKey(host, wanted.name, stateFolder, false, () => {})
  if (found.isErr()) return bad('state key', found.error)
  const where = place.path ?? place.from
  const needed = await keysOf(fileStateStore(stateFolder), wanted.name, environment.name)
  // What cannot be read is told with the state.
  const other = [...needed.unwrapOr(new Set<string>())].find((id) => id !== found.value?.id)
  if (other !== undefined)
    return bad('state key', {
      message: `the state is written with the key ${other}, and ${found.value === undefined ? 'there is none here' : `the one here is ${found.value.id}`}`,
      remedy: `Bring that key: into ${where}, or with HANSE_STATE_KEY or HANSE_STATE_KEY_FILE.`,
    })
  if (found.value !== undefined) return good('state key', `${where}, id ${found.value.id}`)
  if (!hasSecrets(wanted)) return good('state key', 'none, and the stack has no secrets')
  return {
    name: 'state key',
    status: 'warn',
    message: 'there is none yet, and the stack has secrets',
    remedy: `Nothing: the first apply makes one in ${where}. Keep a copy of it then.`,
  }
}

async function lease({ stack: { name } }: ProjectConfig, environment: Environment, stateFolder: string): Promise<Check> {
  // Taking a lease writes: what nobody has applied is left untouched.
  if (!existsSync(join(stateFolder, name, environment.name))) return good('state', `nothing has been applied to ${environment.name} yet`)
  const taken = await fileStateStore(stateFolder)
    .open(name, environment.name)
    .andThen((state) => state.lease())
  if (taken.isErr()) {
    const { code, message, remedy } = taken.error
    return code === 'LeaseHeld'
      ? { name: 'state', status: 'warn', message, remedy: remedy ?? 'Wait until it is done.' }
      : bad('state', { message, remedy })
  }
  const count = taken.value.resources.size
  await taken.value.release().unwrapOr(undefined)
  return good('state', `${count} ${count === 1 ? 'resource' : 'resources'} recorded, readable, and nobody else is writing`)
}

function print({ paint, print: line }: Screen, checks: readonly Check[]): void {
  const marks = { ok: paint('green', '✓'), warn: paint('yellow', '!'), fail: paint('red', '✗') }
  const width = checks.reduce((widest, { name }) => Math.max(widest, name.length), 0)
  for (const { name, status, message, remedy } of checks) {
    line(`${marks[status]} ${name.padEnd(width)}  ${cleanLine(message)}`)
    if (remedy !== undefined)
      for (const part of remedy.split('\n')) line(`  ${' '.repeat(width)}  ${paint('cyan', 'do:')} ${cleanLine(part)}`)
  }
  const [warned, failed] = [
    checks.filter(({ status }) => status === 'warn').length,
    checks.filter(({ status }) => status === 'fail').length,
  ]
  line()
  line(failed + warned === 0 ? 'Everything is in order.' : `${failed} failed, ${warned} to look at.`)
}
