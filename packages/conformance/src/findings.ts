import type { AnyResource, Cloud, ImageResource, NetworkResource, ServerSizeResource } from '@hanse/core'
import { kindService } from '@hanse/core'
import { defaultRuntime } from '@hanse/core/driver'
import { expectOk } from './expect.ts'
import { ConformanceSkip } from './failure.ts'
import type { ConformanceFixtures } from './harness.ts'

/** What exists in the place at hand: what the harness names, or what the cloud's own lists show. Looked for once. */
export class Findings {
  /** Distinguishes the names of this run from those of others in the same place. */
  readonly run = defaultRuntime.randomUUID().slice(0, 8)
  readonly #cloud: Cloud
  readonly #fixtures: ConformanceFixtures
  readonly #found = new Map<string, Promise<unknown>>()

  constructor(cloud: Cloud, fixtures: ConformanceFixtures = {}) {
    this.#cloud = cloud
    this.#fixtures = fixtures
  }

  /** An image that servers boot from. */
  image(): Promise<string> {
    return this.#once('image', async () => {
      const { image } = this.#fixtures
      if (image !== undefined) return image
      const ready = (await this.#list<ImageResource>('image')).find(({ status }) => status.phase === 'Ready')
      return ready?.id ?? lacks('an image that is ready')
    })
  }

  /** Two sizes, the second larger. */
  sizes(): Promise<readonly [string, string]> {
    return this.#once('sizes', async () => {
      const { sizes } = this.#fixtures
      if (sizes !== undefined) return sizes
      const listed = [...(await this.#list<ServerSizeResource>('serverSize'))].sort(
        (a, b) => (a.observed.vcpus ?? 0) - (b.observed.vcpus ?? 0) || (a.observed.memoryGiB ?? 0) - (b.observed.memoryGiB ?? 0),
      )
      const [small, larger] = listed
      return small === undefined || larger === undefined ? lacks('two sizes of servers') : ([small.id, larger.id] as const)
    })
  }

  /** A network that leads outside. */
  externalNetwork(): Promise<string> {
    return this.#once('externalNetwork', async () => {
      const { externalNetwork } = this.#fixtures
      if (externalNetwork !== undefined) return externalNetwork
      const external = (await this.#list<NetworkResource>('network')).find(({ outputs }) => outputs.external === true)
      return external?.id ?? lacks('a network that leads outside')
    })
  }

  /** A network that leads outside; undefined when there is none. */
  async externalNetworkIfAny(): Promise<string | undefined> {
    return this.externalNetwork().then(
      (id) => id,
      () => undefined,
    )
  }

  /** An availability zone by name. */
  async zone(): Promise<string | undefined> {
    return this.#once('zone', async () => this.#fixtures.zone ?? (await this.#list<AnyResource>('zone'))[0]?.name)
  }

  volumeType(): string | undefined {
    return this.#fixtures.volumeType
  }

  domain(): string {
    return this.#fixtures.domain ?? 'example.org'
  }

  #once<T>(name: string, find: () => Promise<T>): Promise<T> {
    const found = this.#found.get(name)
    // Under this name nothing else is kept.
    if (found !== undefined) return found as Promise<T>
    const finding = find()
    this.#found.set(name, finding)
    return finding
  }

  async #list<R extends AnyResource>(kind: string): Promise<readonly R[]> {
    const service = kindService(this.#cloud, kind)
    if (service?.list === undefined) return []
    // A service lists its own kind.
    return expectOk(await service.list().toArray(), `listing ${kind}`) as readonly R[]
  }
}

function lacks(what: string): never {
  throw new ConformanceSkip(`this place lacks ${what}; name one in the harness's fixtures`)
}
