import { memoryStateStore } from './memory-store.ts'
import type { StateMemory } from './memory-store.ts'
import { stateStoreContract } from './state-store.contract.ts'

stateStoreContract('memory', async () => {
  const memory: StateMemory = new Map()
  const journals = (): Map<string, Buffer[]> => memory.get('shop/dev')?.journals ?? new Map()
  return {
    store: (runtime, options = {}) => memoryStateStore({ ...options, runtime, memory }),
    journals: async () => [...journals().keys()].sort(),
    async damage(journal, change) {
      journals().set(journal, [change(Buffer.concat(journals().get(journal) ?? []))])
    },
  }
})
