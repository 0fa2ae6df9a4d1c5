/** A stream of text that a command writes to. */
export interface TextOutput {
  write(text: string): void
  /** Writes bytes as they come, no faster than they are taken. */
  writeBytes(bytes: AsyncIterable<Uint8Array>): Promise<void>
  /** Whether a person sees it as it comes. */
  readonly isTTY: boolean
  /** In characters; undefined when it is no terminal. */
  readonly columns: number | undefined
  readonly rows: number | undefined
}

/** Everything impure that the command touches but files: with another host it runs inside a test. */
export interface Host {
  /** Without the interpreter and the script. */
  readonly argv: readonly string[]
  readonly cwd: string
  /** The home folder of the user. */
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: TextOutput
  readonly stderr: TextOutput
  /** Whether a person can be asked. */
  readonly canAsk: boolean
  /** Version of the runtime, such as `v22.20.0`. */
  readonly runtimeVersion: string
  /** Asks and gives the answer; undefined when the person interrupts or the input ends. */
  ask(question: string, signal?: AbortSignal): Promise<string | undefined>
  /** Milliseconds since 1970. */
  now(): number
  /** Calls again and again, without keeping the process alive; the answer stops it. */
  every(ms: number, call: () => void): () => void
  /** Told each SIGINT and SIGTERM; the answer stops that. */
  onInterrupt(listener: (signal: string) => void): () => void
  /** Ends the process at once. */
  exit(code: number): void
  /** Loads a module of the user by its absolute path, TypeScript too. Rejects with what it throws. */
  importModule(path: string): Promise<unknown>
}
