import type { ImpureUse, Impurity } from './impurities.ts'

/** The few files that may be impure, each with what it may do and why. Everything else in `packages/*∕src` gets these from its caller. */
export const impureFiles: Readonly<Record<string, { readonly may: readonly Impurity[]; readonly because: string }>> = {}

/** Impure places outside the list, and entries of the list that no longer need what they are allowed. */
export function unlistedImpurities(uses: readonly ImpureUse[], allowed: typeof impureFiles = impureFiles): readonly string[] {
  const unlisted = uses
    .filter((use) => allowed[use.path]?.may.includes(use.impurity) !== true)
    .map((use) => `${use.path}:${use.line} ${use.impurity}`)
  const stale = Object.entries(allowed).flatMap(([path, { may }]) =>
    may
      .filter((impurity) => !uses.some((use) => use.path === path && use.impurity === impurity))
      .map((impurity) => `${path} is allowed ${impurity} and does not need it`),
  )
  return [...unlisted, ...stale]
}
