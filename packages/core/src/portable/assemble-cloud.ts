import type { Cloud } from '../cloud.ts'
import type { CheckOptions, Problem } from '../limits.ts'
import type { CloudParts } from './cloud-parts.ts'
import { withCloudParts } from './cloud-parts.ts'
import type { AnyService } from './service.ts'
import { serviceOf } from './service.ts'

/** Makes a cloud of its parts: services group the kinds that it has, as their descriptions say. */
export function assembleCloud(parts: CloudParts): Cloud {
  const services: Record<string, Record<string, AnyService>> = {}
  for (const { kind, invoke, driver, runtime } of Object.values(parts.kinds)) {
    const service = (services[kind.service] ??= {})
    // The cloud that is being put together here: by the time of a call it is whole.
    service[kind.plural] = serviceOf(kind, (call) => invoke(call, cloud), parts.supports, driver, runtime)
  }
  const cloud: Cloud = {
    driver: parts.driver,
    supports: parts.supports,
    kinds: Object.fromEntries(Object.entries(parts.kinds).map(([name, part]) => [name, part.kind])),
    limits: Object.fromEntries(Object.entries(parts.kinds).map(([name, part]) => [name, part.limits])),
    check: (kind: string, spec: unknown, { isLater }: CheckOptions = {}): readonly Problem[] =>
      parts.kinds[kind]?.check(spec, isLater) ?? [{ path: [], message: `this cloud (${parts.driver}) has no ${kind}`, capability: kind }],
    close: parts.close,
    ...services,
  }
  Object.defineProperty(cloud, 'native', { value: parts.native, enumerable: false })
  return withCloudParts(cloud, parts)
}
