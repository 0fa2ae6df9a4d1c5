import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const conditions = ['@hanse/source', 'module', 'node', 'import', 'default']

/** Puts the program of the crash test and all that it uses into one file: some hundred processes start from it, and each start counts. */
export async function bundleProgram(outDir: string): Promise<string> {
  // The one dependency that is no JavaScript is loaded from where it lies.
  const libsql = createRequire(new URL('../../packages/driver-local/package.json', import.meta.url)).resolve('libsql')
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions, alias: { libsql } },
    ssr: { noExternal: true, external: [libsql], resolve: { conditions, externalConditions: conditions } },
    build: {
      ssr: fileURLToPath(new URL('program.ts', import.meta.url)),
      outDir,
      minify: false,
      emptyOutDir: true,
      rollupOptions: { external: [libsql], output: { entryFileNames: 'program.mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  })
  return join(outDir, 'program.mjs')
}
