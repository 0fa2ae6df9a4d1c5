import type { CloudSource } from '@hanse/core'
import type { Stack } from './stack/stack.ts'
import type { CloudFor, CloudsFor } from './stack/wanted.ts'

type AnySource = CloudSource<never, never, unknown> | CloudSource

/** What a project deploys, and where: what `hanse.config.ts` exports by default. */
export interface ProjectConfig {
  /** The clouds that it knows, by name; nothing is opened or loaded before it is used. */
  readonly clouds: Readonly<Record<string, AnySource>>
  readonly stack: Stack
  /** The instances of the stack: which cloud of the project stands for each cloud of the stack. */
  readonly environments: Readonly<Record<string, string | Readonly<Record<string, string>>>>
}

type Open<S> = S extends CloudSource<infer Always, infer Probed, infer _> ? CloudFor<Always | Probed> : never
type Fits<S, C> =
  S extends Stack<infer Needs, infer _>
    ? C extends CloudsFor<Needs> | { readonly [On in keyof Needs]: CloudFor<Needs[On]> }
      ? unknown
      : { readonly 'a cloud of this environment lacks what the stack needs': CloudsFor<Needs> }
    : never
type Bind<Clouds, E> = E extends keyof Clouds
  ? Open<Clouds[E]>
  : { readonly [On in keyof E]: E[On] extends keyof Clouds ? Open<Clouds[E[On]]> : never }

/**
 * Defines a project. The compiler checks that every environment names clouds of the project, and that those can do what the stack needs as
 * far as a driver can promise; opening checks what a cloud has.
 *
 * @example
 * export default defineConfig({
 *   clouds: { home: local({ path: '.hanse/cloud' }), scs: openstack({ cloud: 'scs' }) },
 *   stack: shop,
 *   environments: { dev: 'home', prod: 'scs' },
 * })
 */
export function defineConfig<
  const Clouds extends Readonly<Record<string, AnySource>>,
  S,
  const E extends Readonly<Record<string, keyof Clouds | Readonly<Record<string, keyof Clouds>>>>,
>(config: {
  readonly clouds: Clouds
  readonly stack: S
  readonly environments: E & { readonly [N in keyof E]: Fits<S, Bind<Clouds, E[N]>> }
}): ProjectConfig {
  // The parameters say more than a project's type can hold.
  return config as unknown as ProjectConfig
}
