import type { Specimens } from '../specimen.ts'
import { labels, listOf, madeOf, name, publicKey, userData } from './values.ts'

/** Servers and what they are made of. */
export const compute: Specimens = {
  server: {
    fields: {
      name: name('server'),
      image: (bench) => bench.findings.image(),
      size: async (bench) => (await bench.findings.sizes())[0],
      subnets: listOf('subnet'),
      securityGroups: listOf('securityGroup'),
      keyPair: madeOf('keyPair'),
      group: madeOf('serverGroup'),
      zone: (bench) => bench.findings.zone(),
      userData,
      labels,
    },
    actions: {
      resize: async (bench) => [(await bench.findings.sizes())[1]],
      snapshot: (bench) => [bench.name('image')],
    },
  },
  image: {
    fields: {
      name: name('image'),
      os: () => 'alpine',
      version: (bench) => `3.${bench.number()}`,
      architecture: () => 'x86_64',
      purpose: () => 'conformance',
      format: () => 'raw',
      labels,
    },
    create: (bench, spec, options) => bench.bring('image', spec, `image of ${bench.name()}`, options),
  },
  keyPair: { fields: { name: name('key'), publicKey: (bench) => publicKey(bench) } },
  serverGroup: { fields: { name: name('group'), policy: () => 'spread' } },
}
