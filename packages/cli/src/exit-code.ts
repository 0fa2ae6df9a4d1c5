/** How a command ends, as people know it from other tools. */
export const exitCode = {
  /** Done. */
  done: 0,
  /** It failed, or found something wrong. */
  failed: 1,
  /** The plan has changes, and `--detailed-exitcode` asked for it. */
  changes: 2,
  /** The command line or the configuration cannot be used (EX_USAGE of sysexits.h). */
  usage: 64,
  /** Interrupted by SIGINT or SIGTERM. */
  interrupted: 130,
} as const

/** One of the exit codes. */
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
