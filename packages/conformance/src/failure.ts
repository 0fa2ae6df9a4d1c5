const failed = Symbol.for('hanse.ConformanceFailure')
const skipped = Symbol.for('hanse.ConformanceSkip')

/** What a case raises when a cloud does not do what a rule says. */
export class ConformanceFailure extends Error {
  override readonly name = 'ConformanceFailure'

  constructor(message: string) {
    super(message)
    Object.defineProperty(this, failed, { value: true })
  }
}

/** What a case raises when this place lacks what it needs: a fixture, a limit that is published. */
export class ConformanceSkip extends Error {
  override readonly name = 'ConformanceSkip'

  constructor(reason: string) {
    super(reason)
    Object.defineProperty(this, skipped, { value: true })
  }
}

/** Says whether a value is a {@link ConformanceFailure}, whichever copy of the kit made it. */
export const isFailure = (value: unknown): value is ConformanceFailure => typeof value === 'object' && value !== null && failed in value

/** Says whether a value is a {@link ConformanceSkip}, whichever copy of the kit made it. */
export const isSkip = (value: unknown): value is ConformanceSkip => typeof value === 'object' && value !== null && skipped in value
