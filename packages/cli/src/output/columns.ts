import type { Plan } from '@hanse/provisioning'
import stringWidth from 'string-width'

/** How wide the columns of a plan and of its progress are, so that both read as one table. */
export interface Columns {
  readonly kind: number
  readonly address: number
}

/** The columns that everything that a plan changes fits into. An address that is much longer than others does not push all of them away. */
export const columnsOf = ({ changes }: Plan): Columns => {
  const shown = changes.filter(({ action }) => action !== 'none')
  return {
    kind: shown.reduce((widest, { kind }) => Math.max(widest, kind.length), 0),
    address: shown.reduce((widest, { address }) => Math.max(widest, Math.min(address.length, longestAddress)), 0),
  }
}

/** Of what no plan has been seen. */
export const noColumns: Columns = { kind: 0, address: 0 }

const longestAddress = 40

/** Text in a column. */
export const inColumn = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)))
