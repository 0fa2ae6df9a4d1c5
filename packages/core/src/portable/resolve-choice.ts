import { err, ok } from 'neverthrow'
import type { CloudErrorContext } from '../errors.ts'
import { cloudError } from '../errors.ts'
import type { AnyKind } from '../kind/kind.ts'
import type { Problem } from '../limits.ts'
import type { Page } from '../pager.ts'
import { pagerOf } from '../pager.ts'
import type { AnyResource } from '../resource.ts'
import type { CloudResult, CloudResultAsync } from '../result.ts'
import { bestFor } from './best-for.ts'
import type { KindSetup, Peer } from './kind-setup.ts'

/** For what choices are made. */
export interface Choosing {
  readonly setup: Pick<KindSetup, 'driver' | 'peer' | 'choices'>
  readonly context: CloudErrorContext
  readonly signal: AbortSignal
}

/**
 * The id that a choice stands for. An id seen before costs nothing, any other id one `get`, a name a list of that name, a selector one list
 * of them all. The same list always gives the same choice. Err: `InvalidArgument` when nothing fits, naming what there is, or when several
 * have the name; `Unsupported` where the cloud has nothing to choose from.
 */
export async function resolveChoice(
  choosing: Choosing,
  kind: string,
  wanted: unknown,
  path: Problem['path'],
): Promise<CloudResult<string>> {
  const { setup } = choosing
  const known = setup.choices.recall(kind, wanted)
  if (known !== undefined) return ok(known)
  const peer = setup.peer(kind)
  if (peer === undefined) {
    const message = `${path.join('.')}: this cloud (${setup.driver}) has no ${kind} to choose from`
    return err(cloudError('Unsupported', message, choosing.context, { capability: kind }))
  }
  const chosen =
    typeof wanted === 'string' ? await byText(choosing, peer, wanted, path) : await bySelector(choosing, peer, wanted as Selector, path)
  if (chosen.isOk()) setup.choices.remember(peer.setup.kind, wanted, chosen.value)
  return chosen
}

type Selector = Readonly<Record<string, unknown>>

async function byText(choosing: Choosing, peer: Peer, wanted: string, path: Problem['path']): Promise<CloudResult<string>> {
  const { kind } = peer.setup
  if (kind.verbs.includes('get')) {
    const got = await peer.invoke({ kind: kind.kind, verb: 'get', args: [wanted], options: { signal: choosing.signal } })
    if (got.isOk()) return ok(wanted)
    // A name is no id: some clouds find nothing under it, others say that it is malformed.
    if (got.error.code !== 'NotFound' && got.error.code !== 'InvalidArgument') return err(got.error)
  }
  const named = await listAll(choosing, peer, { name: wanted })
  if (named.isErr()) return err(named.error)
  const [first, second] = named.value
  if (first === undefined) return nothingFits(choosing, peer, `called ${wanted}`, path)
  if (second === undefined) return ok(first.id)
  const ids = named.value.map((candidate) => candidate.id).join(', ')
  return err(
    cloudError('InvalidArgument', `${path.join('.')}: several are called ${wanted}; give an id: ${ids}`, choosing.context, { path }),
  )
}

async function bySelector(choosing: Choosing, peer: Peer, selector: Selector, path: Problem['path']): Promise<CloudResult<string>> {
  const all = await listAll(choosing, peer, {})
  if (all.isErr()) return err(all.error)
  const best = bestFor(peer.setup.kind, selector, all.value)
  return best === undefined ? err(noneError(choosing, peer.setup.kind, JSON.stringify(selector), all.value, path)) : ok(best.id)
}

async function nothingFits(choosing: Choosing, peer: Peer, wanted: string, path: Problem['path']): Promise<CloudResult<string>> {
  const all = await listAll(choosing, peer, {})
  return err(all.isErr() ? all.error : noneError(choosing, peer.setup.kind, wanted, all.value, path))
}

const noneError = ({ context }: Choosing, kind: AnyKind, wanted: string, all: readonly AnyResource[], path: Problem['path']) => {
  const names = all.map((candidate) => candidate.name).sort()
  const shown = names.slice(0, 12).join(', ') + (names.length > 12 ? `, and ${names.length - 12} more` : '')
  return cloudError('InvalidArgument', `${path.join('.')}: no ${kind.kind} here is ${wanted}; there are ${shown || 'none'}`, context, {
    path,
  })
}

const listAll = ({ context, signal }: Choosing, { setup, invoke }: Peer, filter: Selector): CloudResultAsync<readonly AnyResource[]> =>
  pagerOf(
    ({ cursor }) =>
      // A list gives pages: kind-invoker makes them.
      invoke({ kind: setup.kind.kind, verb: 'list', args: [filter], options: { cursor, signal } }) as CloudResultAsync<Page<AnyResource>>,
    {},
    context,
  ).toArray()
