#!/usr/bin/env node
import * as module from 'node:module'
import { nodeHost } from './node-host.ts'

// Node 22 and newer keep what they have compiled: every later start is shorter.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') module.enableCompileCache()

const { runCli } = await import('./run-cli.ts')
process.exitCode = await runCli(nodeHost())
