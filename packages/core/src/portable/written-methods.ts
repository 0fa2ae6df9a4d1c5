import type { Cloud } from '../cloud.ts'
import { artifactMethods } from '../registry/artifact-methods.ts'
import { verifiedBlobMethods } from '../registry/verified-blobs.ts'
import { verifiedManifestMethods } from '../registry/verified-manifests.ts'
import type { Invoke, KindInvoke } from './invoke.ts'
import type { DriverMethods, KindSetup } from './kind-setup.ts'
import { kindInvoker } from './kind-invoker.ts'

/**
 * Methods of a kind that core writes: on top of the cloud as the caller has it, so that whatever intercepts that sees every call they make;
 * or around the driver's own, whose bytes they verify. A kind that is not named here is the driver's alone.
 */
type WrittenMethods = (cloud: Cloud, own: DriverMethods, driver: string) => DriverMethods

const written: Readonly<Record<string, WrittenMethods>> = {
  artifact: artifactMethods,
  blob: (_, own, driver) => verifiedBlobMethods(own, driver),
  manifest: (_, own, driver) => verifiedManifestMethods(own, driver),
}

/** Carries out calls on a kind with the methods that core writes, where there are any; with the driver's own otherwise. */
export function withWrittenMethods(setup: KindSetup, plain: Invoke): KindInvoke {
  const write = written[setup.kind.kind]
  if (write === undefined) return plain
  // Bound, for a driver's methods may be those of a class.
  const own = Object.fromEntries(
    Object.keys(setup.kind.actions).flatMap((name) =>
      ((method) => (method === undefined ? [] : [[name, method.bind(setup.methods)]]))(setup.methods[name]),
    ),
  )
  return (call, cloud) => kindInvoker({ ...setup, methods: { ...own, ...write(cloud, own, setup.driver) } })(call)
}
