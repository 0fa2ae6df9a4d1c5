import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { describe, expect, inject, it } from 'vitest'
import { publishedPackages } from './published-packages.ts'
import { tryCommand } from './run-command.ts'

const project = inject('bareProject')
const attw = join(createRequire(import.meta.url).resolve('@arethetypeswrong/cli/package.json'), '..', 'dist/index.js')

describe.each(publishedPackages())('$name', ({ name }) => {
  const stem = name.replace('@', '').replace('/', '-')
  const pack = readdirSync(join(project, 'packs')).find((file) => file.replace(/-\d+\.\d+\.\d+.*\.tgz$/, '') === stem)

  it('is packed', () => {
    expect(pack).toBeDefined()
  })

  it('has nothing that publint would change', async () => {
    const bytes = readFileSync(join(project, 'packs', pack ?? ''))
    const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true })
    expect(pkg?.name).toBe(name)
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([])
  })

  it('has types that resolve as its modules do', async () => {
    const result = await tryCommand(
      process.execPath,
      [attw, join(project, 'packs', pack ?? ''), '--profile', 'esm-only', '--no-color', '--no-emoji'],
      {
        cwd: project,
      },
    )
    expect(result.code, result.stdout + result.stderr).toBe(0)
    expect(result.stdout).toContain(name)
  })
})
