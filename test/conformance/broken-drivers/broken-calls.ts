import { refuse } from '@hanse/core/driver'
import type { BrokenDriver } from './broken-driver.ts'

/** Faults of updates, deletes, errors and time. */
export const brokenCalls: readonly BrokenDriver[] = [
  {
    does: 'goes on after its signal was aborted',
    kind: 'network',
    caughtBy: 'network.abort/during-the-call-it-ends',
    rule: 'GEN-03',
    break: ({ listPage }, { sleep }) => ({
      listPage: async (query, call) => {
        await sleep(600)
        return listPage(query, call)
      },
    }),
  },
  {
    does: 'waits beyond its deadline',
    kind: 'network',
    caughtBy: 'network.deadline/the-call-ends-in-time',
    rule: 'GEN-04',
    break: ({ get }, { sleep }) => ({
      get: async (id, call) => {
        await sleep(600)
        return get(id, call)
      },
    }),
  },
  {
    does: 'lets a request hang that nobody waits for any longer',
    kind: 'network',
    caughtBy: 'network.abort/a-request-that-hangs-is-given-up',
    rule: 'GEN-03',
    break: ({ listPage }, { transport }) => ({
      // A request that nobody answers, and no signal with it.
      listPage: async (query, call) => {
        await Promise.race([transport({ method: 'GET', url: 'http://127.0.0.1:9/' }), Promise.reject(new Error('no answer'))]).catch(
          () => {},
        )
        return listPage(query, call)
      },
    }),
  },
  {
    does: 'says that a resource is in use when there is none',
    kind: 'network',
    caughtBy: 'network.errors/unknown-id-is-not-found',
    rule: 'GEN-02',
    break: ({ get }) => ({
      get: (id, call) =>
        get(id, call).catch(() => {
          throw refuse('FailedPrecondition', 'HTTP 409', {})
        }),
    }),
  },
  {
    does: 'raises what its table does not know when there is none',
    kind: 'bucket',
    caughtBy: 'bucket.errors/unknown-id-is-not-found',
    rule: 'GEN-02',
    break: ({ get }) => ({
      get: (id, call) =>
        get(id, call).catch(() => {
          throw new Error('HTTP 404')
        }),
    }),
  },
  {
    does: 'fails to delete what is gone',
    kind: 'network',
    caughtBy: 'network.delete/unknown-id-is-ok',
    rule: 'LIFE-04',
    break: ({ delete: remove, get }) => ({
      delete: async (id, call) => {
        await get(id, call).catch(() => {
          throw refuse('FailedPrecondition', 'there is nothing to delete', {})
        })
        return remove(id, call)
      },
    }),
  },
  {
    does: 'says that it has deleted, and has not',
    kind: 'network',
    caughtBy: 'network.delete/goes-away',
    rule: 'LIFE-03',
    break: () => ({ delete: async () => {} }),
  },
  {
    does: 'empties the fields that an update does not name',
    kind: 'network',
    caughtBy: 'network.update/sets-only-what-it-names',
    rule: 'SPEC-08',
    break: ({ update }) => ({ update: (id, changes, call) => update(id, { labels: {}, ...changes }, call) }),
  },
  {
    does: 'changes a server when it is read',
    kind: 'server',
    caughtBy: 'server.stop/stops-and-start-starts',
    rule: 'SRV-01',
    break: ({ get, start }) => ({
      get: async (id, call) => {
        const seen = await get(id, call)
        return seen.status.phase === 'Stopped' ? start(id, call) : seen
      },
    }),
  },
  {
    does: 'declares resize and rejects it',
    kind: 'server',
    caughtBy: 'server.resize/keeps-id-and-addresses',
    rule: 'SRV-04',
    break: () => ({
      resize: async () => {
        throw refuse('Unsupported', 'not implemented', { capability: 'server.resize' })
      },
    }),
  },
  {
    does: 'says that it has resized, and has not',
    kind: 'server',
    caughtBy: 'server.resize/keeps-id-and-addresses',
    rule: 'SRV-04',
    break: ({ get }) => ({ resize: (id, _size, call) => get(id, call) }),
  },
  {
    does: 'starts a stopped server that is to be rebooted',
    kind: 'server',
    caughtBy: 'server.reboot/refuses-one-that-is-stopped',
    rule: 'SRV-02',
    break: ({ get, start, reboot }) => ({
      reboot: async (id, call) => {
        const { status } = await get(id, call)
        return status.phase === 'Stopped' ? start(id, call) : reboot(id, call)
      },
    }),
  },
]
