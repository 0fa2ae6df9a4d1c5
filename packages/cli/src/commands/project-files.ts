/** The files of a new project by their names. */
export function projectFiles(name: string, version: string): Readonly<Record<string, string>> {
  return {
    'package.json': packageJson(name, version),
    'tsconfig.json': tsconfig,
    '.gitignore': gitignore,
    'hanse.config.ts': config,
    'stack.ts': stack(name),
    'stack.test.ts': test,
  }
}

const packageJson = (name: string, version: string): string =>
  `${JSON.stringify(
    {
      name,
      private: true,
      type: 'module',
      scripts: { plan: 'hanse plan', apply: 'hanse apply', destroy: 'hanse destroy', test: 'vitest run', typecheck: 'tsc' },
      dependencies: { '@hanse/core': `^${version}`, '@hanse/driver-local': `^${version}`, '@hanse/provisioning': `^${version}` },
      devDependencies: { '@hanse/cli': `^${version}`, typescript: '^6.0.3', vitest: '^4.1.12' },
    },
    undefined,
    2,
  )}\n`

const tsconfig = `{
  "compilerOptions": {
    "target": "es2023",
    "module": "nodenext",
    "strict": true,
    "exactOptionalPropertyTypes": true,
    "allowImportingTsExtensions": true,
    "skipLibCheck": true,
    "noEmit": true
  },
  "include": ["*.ts"]
}
`

const gitignore = `node_modules
# The embedded cloud and the state of the stack. A team keeps its state in a place that it shares.
.hanse
`

const config = `import { local } from '@hanse/driver-local'
import { defineConfig } from '@hanse/provisioning'
import { stack } from './stack.ts'

export default defineConfig({
  clouds: {
    // A whole cloud in a folder. A second one, of another provider, is another line here.
    home: local({ path: '.hanse/cloud', delayMs: 300 }),
  },
  stack,
  // \`hanse apply --env dev\`
  environments: { dev: 'home' },
})
`

const stack = (name: string): string => `import { bucket, defineStack, network, server, subnet } from '@hanse/provisioning'

const net = network({})
const front = subnet({ network: net, cidr: '10.0.0.0/24' })
const web = server({ image: { os: 'debian', version: '13' }, size: { vcpus: 1, memoryGiB: 1 }, subnets: [front] })
const files = bucket({})

// The names of the record are the addresses: what is renamed here is made anew.
export const stack = defineStack('${name}', { net, front, web, files }, { addresses: web.outputs.addresses })
`

const test = `import { openCloud } from '@hanse/core'
import { local } from '@hanse/driver-local'
import { apply, destroy, memoryStateStore, plan } from '@hanse/provisioning'
import { expect, it } from 'vitest'
import { stack } from './stack.ts'

// A cloud in memory: no account, no network, nothing left behind.
const openTestCloud = async () => (await openCloud(local()))._unsafeUnwrap()

it('makes what is wanted, and then has nothing left to do', async () => {
  const cloud = await openTestCloud()
  const options = { environment: 'test', state: memoryStateStore() }
  const applied = (await apply(stack, cloud, options))._unsafeUnwrap()
  expect(applied.outputs.addresses).toEqual(['10.0.0.2'])
  const again = (await plan(stack, cloud, options))._unsafeUnwrap()
  expect(again.summary.none).toBe(stack.members.size)
})

it('leaves nothing behind', async () => {
  const cloud = await openTestCloud()
  const options = { environment: 'test', state: memoryStateStore() }
  ;(await apply(stack, cloud, options))._unsafeUnwrap()
  ;(await destroy(stack, cloud, options))._unsafeUnwrap()
  expect((await cloud.compute.servers.list().toArray())._unsafeUnwrap()).toEqual([])
})
`
