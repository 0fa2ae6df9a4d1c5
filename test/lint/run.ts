import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { droppedResults } from './dropped-results.ts'

// Checks every file of tsconfig.json; exits with 1 if a result is dropped.
const root = fileURLToPath(new URL('../..', import.meta.url))
const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
const found = droppedResults(ts.createProgram(fileNames, options), root)
for (const line of found) process.stdout.write(`${line}\n`)
process.stdout.write(`${fileNames.length} files read, ${found.length} dropped results\n`)
process.exitCode = found.length === 0 ? 0 : 1
