import { optional, record, text } from './field.ts'

/** The name of a resource that can be renamed. */
export const changeableName = text('Its name, for people; it need not be unique.', { min: 1, max: 255 }, { onChange: 'update' })

/** The name of a resource that keeps it. */
export const fixedName = text('Its name, unique in the account.', { min: 1, max: 255 })

/** Labels, in every kind that has them. */
export const labels = optional(record('Short texts by name, for people and for filters.', text('', { max: 255 }), { onChange: 'update' }))
