import { homedir, hostname, userInfo } from 'node:os'
import { repositoryRoot, type SourceFile } from './source-file.ts'

/** Words that tie a file to one machine or to one place where packages come from; `/home/someone` is nobody's. */
const places: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'a folder of one machine',
    pattern: /(?<![\w.$}~-])\/(?:work|root|home\/(?!someone\b)\w+|Users\/\w+|tmp\/[\w.-]+|var\/folders)\b(?!\w)/,
  },
  { what: 'a drive of one machine', pattern: /\b[A-Z]:\\{1,2}Users\\/ },
  {
    what: 'a package registry',
    pattern: /registry\.(?:npmjs|yarnpkg|npmmirror)\.|npm\.pkg\.github\.com|\b(?:verdaccio|artifactory|nexus)\.[\w-]+\./i,
  },
  { what: 'a registry credential', pattern: /_authToken|_password=|npm_[A-Za-z0-9]{36}/ },
]

/** In a lockfile any address says where a package was fetched from; only the text of a deprecation may hold one. */
const lockfileAddress = /https?:\/\/|^\s*tarball:/

/** Files that name a place of one machine, a package registry, or this very checkout. */
export function privatePlaces(files: readonly SourceFile[], machine: readonly string[] = thisMachine()): readonly string[] {
  return files.flatMap((file) =>
    file.text.split('\n').flatMap((line, index) => {
      const where = `${file.path}:${index + 1}`
      const found = places.filter((place) => place.pattern.test(line)).map((place) => `${where} names ${place.what}`)
      if (machine.some((word) => line.includes(word))) found.push(`${where} names this machine`)
      if (/(^|\/)pnpm-lock\.yaml$/.test(file.path) && lockfileAddress.test(line) && !/^\s*deprecated:/.test(line)) {
        found.push(`${where} names where a package came from`)
      }
      return found
    }),
  )
}

/** Words of the machine that runs the test; those too short to be told from prose are left out. */
function thisMachine(): readonly string[] {
  const words = [repositoryRoot.replace(/\/$/, ''), homedir(), hostname(), userInfo().username]
  return words.filter((word) => word.length >= 8 && !['localhost', 'runner'].includes(word))
}
