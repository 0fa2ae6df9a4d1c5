import { err, ok } from 'neverthrow'
import type { CloudErrorContext } from '../errors.ts'
import { cloudError } from '../errors.ts'
import type { Page } from '../pager.ts'
import type { AnyResource } from '../resource.ts'
import type { CloudResult } from '../result.ts'
import type { KindSetup } from './kind-setup.ts'

/** What a driver gave as a resource, if it is one: a driver in JavaScript, or one behind a cast, may give anything. */
export const resourceOf = (setup: Pick<KindSetup, 'driver'>, context: CloudErrorContext, value: unknown): CloudResult<AnyResource> =>
  isResource(value) ? ok(value) : err(faulty(setup.driver, context, 'a resource with kind, id and status'))

/** What a driver gave as a page of a list, if it is one. */
export function pageOf<T = AnyResource>(
  setup: Pick<KindSetup, 'driver'>,
  context: CloudErrorContext,
  value: unknown,
): CloudResult<Page<T>> {
  if (typeof value !== 'object' || value === null || !('items' in value) || !Array.isArray(value.items))
    return err(faulty(setup.driver, context, 'a page with items'))
  const cursor = 'nextCursor' in value ? value.nextCursor : undefined
  return cursor === undefined || typeof cursor === 'string'
    ? ok({ items: value.items, ...(cursor === undefined ? {} : { nextCursor: cursor }) })
    : err(faulty(setup.driver, context, 'a page whose nextCursor is a text'))
}

const isResource = (value: unknown): value is AnyResource =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  'id' in value &&
  typeof value.id === 'string' &&
  'status' in value &&
  typeof value.status === 'object' &&
  value.status !== null

const faulty = (driver: string, context: CloudErrorContext, expected: string) =>
  cloudError('Unknown', `a fault in the driver ${driver}: it did not give ${expected}`, context, {})
