import { spawn } from 'node:child_process'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openCloud } from '@hanse/core'
import { local } from '@hanse/driver-local'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const project = '.hanse/project'
const hanse = at('../../packages/cli/src/main.ts')

/** Prints what comes next, so that a reader can follow. */
function say(text: string): void {
  process.stdout.write(`\n\u001b[1m── ${text}\u001b[0m\n`)
}

interface Run {
  /** Kill the command with SIGKILL as soon as it prints this. */
  readonly killAt?: RegExp
}

/** Runs the `hanse` command in the project, as a person would; gives its exit code, or the signal that ended it. */
function run(command: string, { killAt }: Run = {}): Promise<number | string> {
  process.stdout.write(`\u001b[2m$ hanse ${command}\u001b[0m\n`)
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions', '@hanse/source', hanse, ...command.split(' ')], {
    cwd: at(project),
    stdio: killAt === undefined ? 'inherit' : ['inherit', 'pipe', 'inherit'],
  })
  child.stdout?.on('data', (bytes: Buffer) => {
    process.stdout.write(bytes)
    if (killAt?.test(bytes.toString()) === true) child.kill('SIGKILL')
  })
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'))
  })
}

async function expectEnd(command: string, wanted: number | string, options?: Run): Promise<void> {
  const ended = await run(command, options)
  if (ended !== wanted) throw new Error(`hanse ${command} ended with ${ended}, and ${wanted} was expected`)
}

/** Counts what bears a stack's mark, by reading the cloud itself: the engine and its state are not asked. */
async function markedIn(folder: string): Promise<number> {
  const cloud = (await openCloud(local({ path: at(`.hanse/${folder}`) })))._unsafeUnwrap()
  const lists = [
    cloud.network.networks,
    cloud.network.subnets,
    cloud.network.securityGroups,
    cloud.compute.servers,
    cloud.storage.volumes,
    cloud.storage.buckets,
    cloud.registry.repositories,
  ]
  let marked = 0
  for (const kind of lists) {
    const all: readonly { readonly owner?: unknown }[] = (await kind.list().toArray())._unsafeUnwrap()
    marked += all.filter(({ owner }) => owner !== undefined).length
  }
  await cloud.close().unwrapOr(undefined)
  return marked
}

async function expectMarked(folder: string, wanted: (marked: number) => boolean): Promise<void> {
  const marked = await markedIn(folder)
  process.stdout.write(`Read from the cloud itself: ${marked} resources bear the mark of a stack.\n`)
  if (!wanted(marked)) throw new Error(`the cloud ${folder} has ${marked} marked resources`)
}

await rm(at('.hanse'), { recursive: true, force: true })
for (const file of ['hanse.config.ts', 'stack.ts', 'site']) await cp(at(file), at(`${project}/${file}`), { recursive: true })
// The clouds lie beside the project, not in it.
await writeFile(at(`${project}/hanse.config.ts`), (await readFile(at('hanse.config.ts'), 'utf8')).replace('`.hanse/', '`../'))

say('One stack on an embedded cloud: network, security group, server with a disk, bucket with files, container image')
await expectEnd('apply --env dev --yes', 0)

say('Again: nothing is left to do')
await expectEnd('plan --env dev --detailed-exitcode', 0)

say('One line of the program changes: the server gets two processors')
const program = at(`${project}/stack.ts`)
await writeFile(program, (await readFile(program, 'utf8')).replace('vcpus: 1, memoryGiB: 2', 'vcpus: 2, memoryGiB: 4'))
await expectEnd('plan --env dev --detailed-exitcode', 2)

say('The apply is killed in the middle, with SIGKILL')
await expectEnd('apply --env dev --yes', 'SIGKILL', { killAt: /RESIZE|resiz/i })

say('The next one finds out how far it came, and goes on from there')
await expectEnd('apply --env dev --yes', 0)

say('The same file on a second cloud, by the name of another environment')
await expectEnd('apply --env prod --yes', 0)
await expectEnd('server ls --env prod', 0)
await expectMarked('away', (marked) => marked > 0)

say('Both are deleted, and nothing is left')
await expectEnd('destroy --env dev --yes', 0)
await expectEnd('destroy --env prod --yes', 0)
for (const folder of ['home', 'away']) await expectMarked(folder, (marked) => marked === 0)
