/** A request for HTTP, as a driver hands it over. */
export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: Uint8Array | string | AsyncIterable<Uint8Array> | undefined
  readonly signal?: AbortSignal | undefined
}

/** The answer. The body streams. */
export interface HttpResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: AsyncIterable<Uint8Array>
}

/** One line for a log. Attributes never hold a secret. */
export interface LogEvent {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly attributes?: Readonly<Record<string, string | number | boolean>> | undefined
}

/** One call of a verb as a trace sees it. */
export interface TraceEvent {
  /** Kind and verb: `server.create`. */
  readonly operation: string
  readonly driver: string
  /** When it began, in ms since 1970, and how long it took, in ms. */
  readonly startedAt: number
  readonly durationMs: number
  /** `Ok`, or the code of the error. */
  readonly outcome: string
}

/**
 * Everything impure that a driver may use. Drivers touch no global, so a test hands them a clock that it turns, and a user a transport
 * that knows the proxy and the certificates of the house.
 */
export interface DriverRuntime {
  /** Sends one request, once: retries are the driver's or its client's. Rejects only when no answer came. */
  readonly transport: (request: HttpRequest) => Promise<HttpResponse>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Waits; rejects with the signal's reason when that is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** From 0 inclusive to 1 exclusive. Not for secrets. */
  readonly random: () => number
  readonly randomUUID: () => string
  readonly log: (event: LogEvent) => void
  readonly trace: (event: TraceEvent) => void
  /** The variables of the environment. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The bytes of a file of the user's, such as `clouds.yaml`. Rejects when there is none. */
  readonly readFile: (path: string) => Promise<Uint8Array>
}
