import type { AnyKind, AnyResource, ByteSource, Cloud, CloudResult, CloudResultAsync, CreateOptions, OpenOptions } from '@hanse/core'
import { changeableFields, kindService, waitFor } from '@hanse/core'
import { defaultRuntime } from '@hanse/core/driver'
import type { AnyKindService, Brings, ResourceOf } from './any-kind-service.ts'
import { expectOk } from './expect.ts'
import { ConformanceFailure, ConformanceSkip } from './failure.ts'
import type { Findings } from './findings.ts'
import type { Harness } from './harness.ts'
import { removeAll } from './remove-all.ts'
import type { Spec, Specimen, Specimens } from './specimen.ts'
import { specimens } from './specimens.ts'

/** What the cases of one run share. */
export interface BenchSetup {
  readonly cloud: Cloud
  readonly harness: Harness
  readonly findings: Findings
  readonly signal: AbortSignal
}

const tenSecondsMs = 10_000
let counter = 0

/** Where one case works: it makes specimens of any kind, hands out names that nobody else uses, and clears up. */
export class Bench {
  readonly cloud: Cloud
  readonly harness: Harness
  readonly findings: Findings
  /** Aborted when the run is. */
  readonly signal: AbortSignal
  readonly patienceMs: number
  readonly #made: AnyResource[] = []
  readonly #opened: Cloud[] = []
  readonly #specimens: Specimens

  constructor(setup: BenchSetup) {
    this.cloud = setup.cloud
    this.harness = setup.harness
    this.findings = setup.findings
    this.signal = setup.signal
    this.patienceMs = setup.harness.patienceMs ?? tenSecondsMs
    this.#specimens = { ...specimens, ...setup.harness.specimens }
  }

  /** A number that no other case of this process is given. */
  number(): number {
    return ++counter
  }

  /** A name that nothing else in this place has; letters, digits and hyphens, at most 40. */
  name(prefix = 'kit'): string {
    return `${prefix}-${this.findings.run}-${this.number()}`
  }

  now(): number {
    return defaultRuntime.now()
  }

  sleep(ms: number): Promise<void> {
    return defaultRuntime.sleep(ms)
  }

  /** Says that this place lacks what the case needs. */
  skip(reason: string): never {
    throw new ConformanceSkip(reason)
  }

  supports(capability: string): boolean {
    return (this.cloud.supports as Readonly<Record<string, true | undefined>>)[capability] === true
  }

  /** Another open cloud on the same place, as another process would have. Closed afterwards. */
  async open(options?: OpenOptions): Promise<Cloud> {
    const cloud = expectOk(await this.harness.open(options), 'opening the cloud again')
    this.#opened.push(cloud)
    return cloud
  }

  kind(name: string): AnyKind {
    const kind = this.cloud.kinds[name]
    if (kind === undefined) throw new ConformanceFailure(`the cloud declares ${name} and does not describe it among its kinds`)
    return kind
  }

  service(kind: string, cloud = this.cloud): AnyKindService {
    const service = kindService(cloud, kind)
    if (service === undefined) throw new ConformanceFailure(`the cloud declares ${kind} and has no service for it`)
    // Cases call what their kind's description lists; a verb that is missing there is a failure of GEN-07.
    return service as AnyKindService
  }

  specimen(kind: string): Specimen {
    const specimen = this.#specimens[kind]
    if (specimen === undefined) throw new ConformanceFailure(`nobody has said how to make a ${kind}: give the harness a specimen of it`)
    return specimen
  }

  /** Whether this cloud handles a field of a spec. */
  handles(kind: string, field: string, value: unknown): boolean {
    return !this.cloud.check(kind, { [field]: value }).some((problem) => problem.path[0] === field && problem.capability !== undefined)
  }

  /** A new value of one field; `undefined` where this cloud cannot have one. */
  async value(kind: string, field: string, spec: Spec): Promise<unknown> {
    const made = await this.specimen(kind).fields[field]?.(this, spec)
    return made !== undefined && this.handles(kind, field, made) ? made : undefined
  }

  /** A valid spec: with what a create needs, or with all that this cloud handles. `given` comes first. */
  async spec(kind: string, extent: 'required' | 'all' = 'required', given: Spec = {}): Promise<Spec> {
    const { fields } = this.kind(kind)
    const specimen = this.specimen(kind)
    const spec: Record<string, unknown> = { ...given }
    for (const field of Object.keys(specimen.fields)) {
      if (field in spec || fields[field] === undefined) continue
      const required = !fields[field].optional || specimen.alsoRequired?.includes(field) === true
      if (!required && (extent === 'required' || specimen.apart?.includes(field) === true)) continue
      const value = await this.value(kind, field, spec)
      if (value !== undefined) spec[field] = value
    }
    return spec
  }

  /** A spec with one of the fields that exclude others, and with what has to be given beside it. */
  async specWith(kind: string, field: string, value: unknown): Promise<Spec> {
    if (this.specimen(kind).apart?.includes(field) !== true) return { ...(await this.spec(kind)), [field]: value }
    const { fields } = this.kind(kind)
    const plain = await this.spec(kind)
    return { ...Object.fromEntries(Object.entries(plain).filter(([name]) => fields[name]?.optional === false)), [field]: value }
  }

  /** Another spec for the same key: one field differs. */
  async otherSpec(kind: string, spec: Spec): Promise<Spec> {
    const described = this.kind(kind)
    const order = ['name', 'labels', ...(described.joins ?? []), ...Object.keys(described.fields)]
    for (const field of order) {
      if (!(field in spec) && field !== 'labels') continue
      const { [field]: before, ...rest } = spec
      const value = await this.value(kind, field, rest)
      if (value !== undefined && JSON.stringify(value) !== JSON.stringify(before)) return { ...spec, [field]: value }
    }
    return this.skip(`no field of a ${kind} can be given another value here`)
  }

  /** New values for every field that `update` takes and this cloud handles. */
  async changes(kind: string, spec: Spec): Promise<Spec> {
    const changes: Record<string, unknown> = {}
    const specimen = this.specimen(kind)
    for (const field of Object.keys(changeableFields(this.kind(kind)))) {
      if (specimen.apart?.includes(field) === true && !(field in spec)) continue
      const value = await this.value(kind, field, spec)
      if (value !== undefined) changes[field] = value
    }
    return changes
  }

  /** Makes one and remembers it for the clearing up. */
  async create(kind: string, spec: Spec, options?: CreateOptions, cloud = this.cloud): Promise<CloudResult<AnyResource>> {
    const specimen = this.specimen(kind)
    const result =
      specimen.create === undefined
        ? await this.service(kind, cloud).create(spec, options)
        : await specimen.create(cloud === this.cloud ? this : this.on(cloud), spec, options)
    if (result.isOk()) this.keep(result.value)
    return result
  }

  /** Makes one by the action that brings its bytes. */
  bring(kind: string, spec: Spec, content: ByteSource, options?: CreateOptions): CloudResultAsync<AnyResource> {
    const bring = (this.service(kind) as AnyKindService & Partial<Brings>).import
    if (bring === undefined) throw new ConformanceFailure(`the cloud declares ${kind}.import and has no such member`)
    return bring(spec, content, options)
  }

  /** A place that floating IPs reach: a subnet behind a router that leads outside, where the cloud has routers. */
  async outside(): Promise<{ readonly subnets: readonly [string] }> {
    const subnet = await this.make('subnet')
    if (this.supports('router') && this.supports('routerInterface')) {
      const router = await this.make('router', { externalNetwork: await this.findings.externalNetworkIfAny() })
      await this.make('routerInterface', { router: router.id, subnet: subnet.id })
    }
    return { subnets: [subnet.id] }
  }

  /** Makes one that must succeed, with what it refers to, and waits until it is ready. */
  async make<const K extends string>(kind: K, given: Spec = {}, options?: CreateOptions): Promise<ResourceOf<K>> {
    const made = expectOk(await this.create(kind, await this.spec(kind, 'required', given), options), `making a ${kind}`)
    // The kind asked for is the kind made.
    return (await this.ready(made)) as ResourceOf<K>
  }

  /** Waits until a resource is ready, where its kind can be read. */
  async ready<R extends AnyResource>(resource: R): Promise<R> {
    const kind = this.kind(resource.kind)
    if (!kind.verbs.includes('get') || kind.phases[resource.status.phase] === 'ready') return resource
    const options = { timeoutMs: this.patienceMs, pollMs: 250, signal: this.signal }
    return expectOk(
      await waitFor(this.service(resource.kind), resource.id, { phase: 'ready' }, options),
      `waiting for ${resource.kind} ${resource.id}`,
    ) as R
  }

  /** Waits until a resource is gone. */
  async gone(resource: AnyResource): Promise<void> {
    const options = { timeoutMs: this.patienceMs, pollMs: 250, signal: this.signal }
    expectOk(
      await waitFor(this.service(resource.kind), resource.id, 'absent', options),
      `waiting for ${resource.kind} ${resource.id} to be gone`,
    )
  }

  /** Remembers a resource that a case made by itself, to remove it afterwards. */
  keep<R extends AnyResource>(resource: R): R {
    if (!this.#made.some((made) => made.kind === resource.kind && made.id === resource.id)) this.#made.push(resource)
    return resource
  }

  /** This bench with another cloud of the same place. What it makes is removed with the rest. */
  on(cloud: Cloud): Bench {
    const bench = new Bench({ cloud, harness: this.harness, findings: this.findings, signal: this.signal })
    this.#others.push(bench)
    return bench
  }

  readonly #others: Bench[] = []

  /** Removes what was made, the last first, and closes what was opened. Gives what could not be removed, and why. */
  async clear(): Promise<readonly string[]> {
    const made = [...this.#made, ...this.#others.flatMap((bench) => bench.#made)]
    const left = await removeAll(made, (kind) => this.service(kind), this.patienceMs)
    for (const cloud of this.#opened) await cloud.close().unwrapOr(undefined)
    return left
  }
}
