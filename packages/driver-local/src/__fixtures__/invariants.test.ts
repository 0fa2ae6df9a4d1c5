import { describe, expect, it } from 'vitest'
import type { WriteTransaction } from '../store/transaction.ts'
import { everything } from './everything.ts'
import { wrongIn } from './invariants.ts'
import { ok, openLocal } from './open-world.ts'

describe('the check of a folder', () => {
  it('finds nothing wrong with a cloud that was used as it should be', async () => {
    const cloud = await openLocal()
    await everything(cloud)
    expect(wrongIn(cloud.native.store)).toEqual([])
  })

  it.each([
    [
      'a total that was not kept',
      "UPDATE totals SET amount = amount + 1 WHERE kind = 'server' AND measure = 'vcpus'",
      /total of vcpus of server \* is 2 and should be 1/,
    ],
    [
      'an address that was not given back',
      "UPDATE records SET document = json_set(document, '$.outputs.address', '10.0.0.50') WHERE kind = 'port'",
      /is held and not shown/,
    ],
    [
      'an address that was given twice',
      "UPDATE records SET document = json_set(document, '$.outputs.address', '10.0.0.2') WHERE kind = 'port'",
      /by port .* is shown and not held/,
    ],
    [
      'a reference that was lost',
      "DELETE FROM record_references WHERE field = 'securityGroups'",
      /securityGroups names securityGroup .* and does not hold it/,
    ],
    [
      'a reference to nothing',
      "INSERT INTO record_references SELECT 'volume', 'lost', seq, 'x' FROM records WHERE kind = 'server'",
      /refers to volume lost, which is not there/,
    ],
    [
      'a free number that was lost',
      "DELETE FROM pool_free WHERE first = (SELECT min(first) FROM pool_free WHERE pool LIKE 'subnet/%-%-%-%-%')",
      /free and \d+ given are not 253/,
    ],
    [
      'a floating IP that is not shown',
      "UPDATE records SET document = json_remove(document, '$.outputs.addresses[1]') WHERE kind = 'server'",
      /floating IP .* is not shown/,
    ],
    ['a volume that nothing attaches', "UPDATE records SET phase = 'in-use' WHERE kind = 'volume'", /is in-use and has 0 attachments/],
    ['a count of a pool that is off', 'UPDATE pools SET taken = taken + 1', /says that \d+ are given/],
    ['a use of bytes that is not counted', 'UPDATE blobs SET uses = uses + 1', /uses of sha256:.* are counted wrong/],
  ])('finds %s', async (_, sql, says) => {
    const cloud = await openLocal()
    await everything(cloud)
    await ok(cloud.storage.volumes.create({ name: 'v', sizeGiB: 1 }))
    cloud.native.store.write((tx: WriteTransaction) => tx.run(sql))
    expect(wrongIn(cloud.native.store).join('\n')).toMatch(says)
  })
})
