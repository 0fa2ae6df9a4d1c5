import { interceptCloud } from '@hanse/core'
import type { Cloud, CloudResult } from '@hanse/core'
import { ResultAsync } from 'neverthrow'
import pLimit from 'p-limit'

/**
 * The same cloud, on which at most so many calls are under way at a time. A wait is the looks that it makes: between two of them it holds
 * no place.
 */
export function boundedCloud(cloud: Cloud, parallelism: number): Cloud {
  const limit = pLimit(parallelism)
  return interceptCloud(cloud, (call, next) => new ResultAsync(limit(async (): Promise<CloudResult<unknown>> => next(call))))
}
