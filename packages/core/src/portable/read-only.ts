import { errAsync } from 'neverthrow'
import type { Cloud } from '../cloud.ts'
import { cloudError } from '../errors.ts'
import { interceptCloud } from '../intercept-cloud.ts'

/** The same cloud, which refuses whatever would change something, before a request leaves. */
export const readOnly = <C extends Cloud>(cloud: C): C =>
  interceptCloud(cloud, (call, next) => {
    if (call.effect === 'reads' || call.effect === 'lists') return next(call)
    const operation = `${call.kind}.${call.verb}`
    return errAsync(cloudError('PermissionDenied', `${operation}: this cloud was opened read-only`, { driver: call.driver, operation }, {}))
  })
