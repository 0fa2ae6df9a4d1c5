import { bucket, defineStack, fileSet, server, texts } from '@hanse/provisioning'
import { privateNetwork } from './private-network.ts'

/** What is wanted. Resources are values and refer to each other by being passed on; the keys are their addresses. */
export function shop({ vcpus }: { readonly vcpus: number }) {
  const front = privateNetwork({ cidr: '10.0.0.0/24' })
  const web = server({ image: { os: 'debian', version: '13' }, size: { vcpus, memoryGiB: 4 }, subnets: [front.subnet] })
  // An output stands for a value that exists once its resource does.
  const upstream = web.outputs.addresses.map((addresses) => `UPSTREAM=${addresses.join(',')}`)
  const cache = server({ image: { os: 'alpine' }, size: { vcpus: 1 }, subnets: [front.subnet], userData: upstream })
  // A set of files is one resource, however many they are.
  const site = bucket({})
  const pages = fileSet({ bucket: site, from: texts({ 'index.html': '<h1>Shop</h1>', 'terms.html': '<h1>Terms</h1>' }) })
  return defineStack('shop', { front, web, cache, site, pages }, { address: web.outputs.addresses.map(([first]) => first) })
}
