import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repositoryRoot } from '../../architecture/source-file.ts'
import { generatedFiles } from './generated-files.ts'

// `npm run docs`: writes the pages that are made from the code.
for (const { path, text } of await generatedFiles()) {
  mkdirSync(dirname(join(repositoryRoot, path)), { recursive: true })
  writeFileSync(join(repositoryRoot, path), text)
  process.stdout.write(`${path}\n`)
}
