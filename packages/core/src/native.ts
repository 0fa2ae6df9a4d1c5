/**
 * Extras for one provider in a spec. Made by that driver's own function (`openstackServer({ … })`), checked by its schema, and a need of
 * what carries it: a stack with `native.openstack` in it runs on OpenStack only, and its type says so.
 */
export interface NativeExtras<Driver extends string = string> {
  readonly driver: Driver
  readonly needs: readonly `native.${Driver}`[]
  readonly value: unknown
}
