import type { Capability, CloudWith } from '../cloud.ts'
import type { Classification } from '../driver/classification.ts'
import { cloudSource } from '../driver/cloud-source.ts'
import type { Consistency, DriverKinds } from '../driver/driver.ts'
import { defineDriver } from '../driver/driver.ts'
import { kinds as kindsOfCore } from '../kinds.ts'
import type { AnyKind } from '../kind/kind.ts'
import { verbsOf } from '../kind/verb.ts'
import type { Limits } from '../limits.ts'
import { openCloud } from '../open-cloud.ts'
import type { CloudSource, OpenOptions } from '../open-cloud.ts'
import { FakeBackend } from './fake-backend.ts'
import type { FakeWorld } from './fake-clock.ts'
import { fakeWorld } from './fake-clock.ts'
import { valueOf } from './outcome.ts'

/** How a fake cloud is to behave. */
export interface FakeOptions {
  /** What it can do; everything that core knows when left out. */
  readonly always?: readonly Capability[]
  readonly probed?: readonly Capability[]
  readonly found?: readonly Capability[]
  readonly kinds?: Readonly<Record<string, AnyKind>>
  readonly limits?: Limits
  readonly consistency?: Consistency
  /** For so long after a create a get, a list or a look-up misses it, in ms. */
  readonly visibleAfterMs?: number
  readonly fields?: Readonly<Record<string, readonly string[]>>
  readonly classify?: (cause: unknown) => Classification
  readonly close?: () => Promise<void>
  readonly name?: string
  readonly world?: FakeWorld
  readonly backend?: FakeBackend
}

/** A source of a fake cloud, the backend behind it and the world around it. */
export interface Fake {
  readonly source: CloudSource<Capability, Capability, { readonly name: string }>
  readonly backend: FakeBackend
  readonly world: FakeWorld
}

/** Everything that the descriptions of some kinds speak of. */
export const capabilitiesOf = (kinds: Readonly<Record<string, AnyKind>>): readonly Capability[] => {
  const named = Object.values(kinds).flatMap((kind) => [
    kind.kind,
    ...verbsOf(kind).flatMap((verb) => verb.needs ?? []),
    ...[...Object.values(kind.fields), ...verbsOf(kind).flatMap((verb) => Object.values(verb.options ?? {}))].flatMap(
      ({ needs, needsWhen }) => needs ?? needsWhen?.capability ?? [],
    ),
  ])
  // The names in the descriptions are the keys of CapabilityMap.
  return [...new Set(named)] as Capability[]
}

/** Makes a fake: a driver whose methods are made of the descriptions of the kinds, on a backend whose every answer can be scripted. */
export function fake(options: FakeOptions = {}): Fake {
  const world = options.world ?? fakeWorld()
  const kinds = { ...kindsOfCore, ...options.kinds }
  const backend = options.backend ?? new FakeBackend(world, options.visibleAfterMs ?? 0)
  const name = options.name ?? 'fake'
  const always = options.always ?? capabilitiesOf(kinds)
  const probed = options.probed ?? []
  const driver = defineDriver({
    name,
    always,
    probed,
    kinds: options.kinds,
    classify: options.classify ?? FakeBackend.classify,
    open: async (_: undefined) => ({
      found: options.found ?? [],
      // Made of the descriptions, which the compiler cannot follow.
      kinds: Object.fromEntries(
        Object.values(kinds).map((kind) => [kind.kind, backend.methodsOf(kind, options.fields?.[kind.kind])]),
      ) as unknown as DriverKinds<Capability>,
      limits: options.limits ?? {},
      consistency: options.consistency,
      native: { name },
      close: options.close ?? (async () => {}),
    }),
  })
  const source = cloudSource({
    driver: name,
    always,
    probed,
    load: async () => ({ driver, open: (runtime, signal) => driver.open(undefined, runtime, signal) }),
  })
  return { source, backend, world }
}

/** An open fake cloud that says that it can do everything. */
export interface OpenFake extends Omit<Fake, 'source'> {
  readonly cloud: CloudWith<Capability> & { readonly native: { readonly name: string } }
}

/** Opens a fake cloud in its own world. */
export async function openFake(options: FakeOptions & Pick<OpenOptions, 'readOnly'> = {}): Promise<OpenFake> {
  const { source, backend, world } = fake(options)
  const opened = await openCloud(source, { runtime: world.runtime, readOnly: options.readOnly })
  return { cloud: valueOf(opened), backend, world }
}
