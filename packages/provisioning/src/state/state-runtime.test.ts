import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { nodeStateRuntime } from './state-runtime.ts'

const { processes } = nodeStateRuntime

describe('the process table', () => {
  it('knows that this process is there', async () => {
    const self = await processes.self()
    expect(self.pid).toBe(process.pid)
    expect(await processes.isGone(self)).toBe(false)
  })

  it('knows that a process has ended', async () => {
    const self = await processes.self()
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    expect(await processes.isGone({ ...self, pid: child.pid ?? 0 })).toBe(true)
  })

  it('does not take a process for another that had its pid before', async () => {
    const self = await processes.self()
    // Where the start of a process is not known, its pid is all there is, and it is there.
    const known = self.started !== undefined
    expect(await processes.isGone({ ...self, started: '1' })).toBe(known)
  })

  it('claims nothing about processes of another host, boot or container', async () => {
    const self = await processes.self()
    expect(await processes.isGone({ ...self, pid: 2 ** 22 + 1, space: `${self.space} elsewhere` })).toBe(false)
  })

  it('takes a process that nobody has waited for, and that has ended all the same, for gone', async () => {
    const self = await processes.self()
    // The shell's child ends; the shell has become another program by then, which does not wait for it.
    const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = await once(parent.stdout, 'data')
    const pid = Number(String(line))
    await sleep(300)
    const gone = await processes.isGone({ ...self, pid, started: '1' })
    parent.kill('SIGKILL')
    await once(parent, 'exit')
    expect(gone).toBe(self.started !== undefined)
  })
})
