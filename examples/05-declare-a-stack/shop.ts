import { bucket, defineStack, fileSet, network, server, subnet, texts } from '@hanse/provisioning'

/** A component: a function that returns a group. What stands in it gets addresses such as `front.subnet`. */
function privateNetwork({ cidr }: { readonly cidr: string }) {
  const net = network({})
  return { net, subnet: subnet({ network: net, cidr }) }
}

/** What is wanted. Resources are values and refer to each other by being passed on; the keys are their addresses. */
export function shop({ vcpus }: { readonly vcpus: number }) {
  const front = privateNetwork({ cidr: '10.0.0.0/24' })
  const web = server({ image: { os: 'debian', version: '13' }, size: { vcpus, memoryGiB: 4 }, subnets: [front.subnet] })
  const site = bucket({})
  // An output stands for a value that exists once its resource does.
  const index = web.outputs.addresses.map((addresses) => `served by ${addresses.join(', ')}`)
  const status = server({ image: { os: 'debian' }, size: { vcpus: 1 }, subnets: [front.subnet], userData: index })
  const pages = fileSet({ bucket: site, from: texts({ 'index.html': '<h1>Shop</h1>', 'terms.html': '<h1>Terms</h1>' }) })
  return defineStack('shop', { front, web, status, site, pages }, { address: web.outputs.addresses.map(([first]) => first) })
}
