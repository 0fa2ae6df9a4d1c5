import { network, router, routerInterface, subnet } from '@hanse/provisioning'

/**
 * A network of one's own with a way to others: a component, which is a function that returns a group. What stands in the group gets
 * addresses below that of the group, such as `front.subnet`.
 */
export function privateNetwork({ cidr }: { readonly cidr: string }) {
  const net = network({})
  const range = subnet({ network: net, cidr })
  const gate = router({})
  return { network: net, subnet: range, router: gate, interface: routerInterface({ router: gate, subnet: range }) }
}
