/** How an embedded cloud is opened. */
export interface LocalConfig {
  /** The folder that holds it, made when it is missing. Left out, the cloud is kept in memory, and this source's clouds share it. */
  readonly path?: string | undefined
  /** How long a server takes to boot, a volume to be made, and so on, in ms. Left out: no time at all. */
  readonly delayMs?: number | undefined
  /** How much the account may have, by kind (`server`) or by measure (`vcpus`), in place of the defaults. */
  readonly quotas?: Readonly<Record<string, number>> | undefined
}

/**
 * How much an account may have where its configuration says nothing: by kind how many, and by measure (in units of its name) how much all
 * its resources use up together. Generous, for this is the account of somebody who tries things out; floating IPs run out with their pool.
 */
export const defaultQuotas: Readonly<Record<string, number>> = {
  // compute
  image: 1000,
  imageBytes: 1024 ** 4,
  keyPair: 1000,
  memoryGiB: 200_000,
  server: 20_000,
  serverGroup: 1000,
  vcpus: 50_000,
  // storage
  bucket: 1000,
  objectBytes: 1024 ** 4,
  volume: 10_000,
  volumeBackup: 10_000,
  volumeGiB: 1_000_000,
  volumeSnapshot: 10_000,
  // network
  dnsRecord: 100_000,
  dnsZone: 1000,
  floatingIp: 1000,
  loadBalancer: 1000,
  network: 10_000,
  port: 50_000,
  router: 1000,
  securityGroup: 1000,
  securityGroupRule: 20_000,
  subnet: 10_000,
  // registry
  registryBytes: 1024 ** 4,
  repository: 1000,
}
