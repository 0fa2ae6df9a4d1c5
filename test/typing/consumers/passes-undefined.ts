import type { CallOptions, CloudWith, CreateOptions, ListFilter, NetworkResource } from '@hanse/core'

/** Values that may be undefined are passed on as they are, whatever the compiler is told of optional members. */
export interface Wishes {
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number | undefined
  readonly key: string | undefined
  readonly name: string | undefined
  readonly labels: Readonly<Record<string, string>> | undefined
}

export async function passOn(cloud: CloudWith<'network' | 'server'>, wishes: Wishes): Promise<boolean> {
  const { signal, timeoutMs, key, name, labels } = wishes
  const call: CallOptions = { signal, timeoutMs }
  const create: CreateOptions<NetworkResource['status']['phase']> = {
    signal,
    timeoutMs,
    key,
    owner: undefined,
    until: undefined,
    again: undefined,
  }
  const filter: ListFilter = { name, labels, owner: undefined }
  const made = await cloud.network.networks.create({ name: name ?? 'net', labels }, create)
  if (made.isErr()) return false
  const read = await cloud.network.networks.get(made.value.id, call)
  const page = await cloud.compute.servers.list(filter, { ...call, cursor: undefined, pageSize: undefined }).page()
  // @ts-expect-error a deadline is a number of milliseconds
  const wrong: CallOptions = { timeoutMs: '5s' }
  return read.isOk() && page.isOk() && wrong !== undefined
}
