/** What one package may cost its users. Raise a figure in the change that needs it, and say why there. */
export interface Budget {
  /** Bytes of the package's own modules that its main door loads at once. */
  readonly eagerBytes: number
  /** Bytes of everything in the pack, maps and declarations included. */
  readonly packBytes: number
  /** Milliseconds that importing the main door may take longer than starting node, on a slow and busy machine. */
  readonly importMs: number
}

const KiB = 1024

export const budgets: Readonly<Record<string, Budget>> = {
  '@hanse/cli': { eagerBytes: 64 * KiB, packBytes: 512 * KiB, importMs: 250 },
  '@hanse/conformance': { eagerBytes: 256 * KiB, packBytes: 1024 * KiB, importMs: 150 },
  '@hanse/core': { eagerBytes: 192 * KiB, packBytes: 1024 * KiB, importMs: 100 },
  '@hanse/driver-local': { eagerBytes: 8 * KiB, packBytes: 1024 * KiB, importMs: 150 },
  '@hanse/provisioning': { eagerBytes: 160 * KiB, packBytes: 1024 * KiB, importMs: 150 },
}

/** Milliseconds that `hanse --help` may take longer than starting node. */
export const helpMs = 60
