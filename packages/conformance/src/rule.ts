/** One numbered rule of the driver contract. */
export interface Rule {
  /** As in `IDEM-02`. Numbers are never used again. */
  readonly id: string
  /** In the words of RFC 2119. */
  readonly level: 'MUST' | 'SHOULD'
  /** The capability of which it speaks; none for all clouds. */
  readonly needs?: string | undefined
  /** One line for the table. */
  readonly summary: string
  /** The rule in full. */
  readonly text: string
  /** Why there is such a rule, in one sentence. */
  readonly reason: string
  /** The smallest code of a driver that satisfies it. */
  readonly code: string
}
