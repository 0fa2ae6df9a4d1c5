import { okAsync } from 'neverthrow'
import type { LeaseRecord, StateMedium } from './state-medium.ts'
import { nodeStateRuntime } from './state-runtime.ts'
import type { StateStore } from './state-store.ts'
import { storeOnMedium } from './store-on-medium.ts'
import type { StateStoreOptions } from './store-on-medium.ts'

/** What a memory store holds; hand the same to two stores and they are two writers of one state. */
export type StateMemory = Map<string, { readonly leases: Map<number, LeaseRecord>; readonly journals: Map<string, Buffer[]> }>

/** A store that lives as long as the process, for tests; it keeps leases and journals as the one in a folder does. */
export function memoryStateStore(options: StateStoreOptions & { readonly memory?: StateMemory | undefined } = {}): StateStore {
  const memory: StateMemory = options.memory ?? new Map()
  return storeOnMedium(
    (stack, environment) => memoryMedium(memory, `${stack}/${environment}`),
    options.runtime ?? nodeStateRuntime,
    options,
  )
}

function memoryMedium(memory: StateMemory, place: string): StateMedium {
  const held = memory.get(place) ?? { leases: new Map(), journals: new Map() }
  memory.set(place, held)
  const { leases, journals } = held
  const newest = (): number | undefined => (leases.size === 0 ? undefined : Math.max(...leases.keys()))
  return {
    pathOf: (journal) => `memory:${place}/${journal}`,
    newestLease: () => okAsync(leases.get(newest() ?? 0)),
    newestEpoch: () => okAsync(newest()),
    claim(epoch, claim, now) {
      const free = !leases.has(epoch)
      if (free) leases.set(epoch, { epoch, renewedAt: now, claim })
      return okAsync(free)
    },
    renew(epoch, now) {
      const lease = leases.get(epoch)
      if (lease !== undefined) leases.set(epoch, { ...lease, renewedAt: now })
      return okAsync(undefined)
    },
    tidyBelow(epoch) {
      for (const earlier of leases.keys()) if (earlier < epoch) leases.delete(earlier)
      return okAsync(undefined)
    },
    journals: () => okAsync([...journals.keys()].sort()),
    read: (name) => okAsync(Buffer.concat(journals.get(name) ?? [])),
    begin(name, text) {
      const written = [Buffer.from(text)]
      journals.set(name, written)
      return okAsync({
        append(more) {
          written.push(Buffer.from(more))
          return okAsync(undefined)
        },
        close: () => okAsync(undefined),
      })
    },
  }
}
