import { rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { buildPackages, installPacks } from './bare-project.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder outside the repository in which all packs are installed. */
    bareProject: string
  }
}

/** Builds, packs and installs once for all files of a run; removes the installation at the end. */
export async function setup(project: TestProject): Promise<() => void> {
  await buildPackages()
  const folder = await installPacks()
  project.provide('bareProject', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
