/** The life of what a real cloud makes and removes while the caller waits: there at once, gone at once, whatever the delay. */
export const oneStep = { create: { from: [], steps: ['ACTIVE'] }, delete: { from: 'any', steps: [null] } } as const

/** The portable phase of its one word. */
export const oneStepPhases = { ACTIVE: 'Ready' } as const
