/** How an embedded cloud is opened. */
export interface LocalConfig {
  /** The folder that holds it, made when it is missing. Left out, the cloud is kept in memory, and this source's clouds share it. */
  readonly path?: string | undefined
  /** How long a server takes to boot, a volume to be made, and so on, in ms. Left out: no time at all. */
  readonly delayMs?: number | undefined
  /** How many of each kind the account may have, by kind, in place of the defaults. */
  readonly quotas?: Readonly<Record<string, number>> | undefined
}

/** How many of each kind an account may have where its configuration says nothing. */
export const defaultQuotas: Readonly<Record<string, number>> = {
  server: 20_000,
  network: 10_000,
  subnet: 10_000,
  bucket: 1000,
  repository: 1000,
  registryBytes: 1_099_511_627_776,
}
