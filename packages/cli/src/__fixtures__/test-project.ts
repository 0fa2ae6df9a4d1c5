import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A project of a user in a folder of its own, with the packages of this repository in its node_modules. */
export interface TestProject {
  readonly folder: string
  write(files: Readonly<Record<string, string>>): Promise<void>
  remove(): Promise<void>
}

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))

/** Makes a project of these files. */
export async function testProject(files: Readonly<Record<string, string>> = {}): Promise<TestProject> {
  // As a shell shows it: macOS keeps its temporary folder behind a link.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hanse-cli-')))
  const write = async (more: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(more)) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), text)
    }
  }
  await symlink(modules, join(folder, 'node_modules'))
  await write({ 'package.json': '{ "type": "module" }', ...files })
  return { folder, write, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** A stack of four on the embedded cloud. The size of its server is in the environment; so is the delay of its cloud, in ms. */
export const shopFiles: Readonly<Record<string, string>> = {
  'hanse.config.ts': `
import { local } from '@hanse/driver-local'
import { defineConfig } from '@hanse/provisioning'
import { shop } from './stack.ts'

const delayMs = Number(process.env['SHOP_DELAY_MS'] ?? 0)
export default defineConfig({
  clouds: { home: local({ path: new URL('.hanse/home', import.meta.url).pathname, delayMs }), away: local({ path: new URL('.hanse/away', import.meta.url).pathname, delayMs }) },
  stack: shop,
  environments: { dev: 'home', prod: 'away' },
})
`,
  'stack.ts': `
import { bucket, defineStack, network, server, subnet } from '@hanse/provisioning'

const net = network({})
const front = subnet({ network: net, cidr: '10.0.0.0/24' })
const web = server({ image: { os: 'debian', version: '13' }, size: { vcpus: Number(process.env['SHOP_VCPUS'] ?? 1) }, subnets: [front] })
export const shop = defineStack('shop', { net, front, web, files: bucket({}) }, { addresses: web.outputs.addresses })
`,
}
