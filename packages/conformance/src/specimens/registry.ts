import type { Specimens } from '../specimen.ts'
import { labels } from './values.ts'

/** Repositories. What is in them are no resources: cases push it. */
export const registry: Specimens = {
  repository: { fields: { name: (bench) => `kit/${bench.name('repository')}`, labels } },
}
