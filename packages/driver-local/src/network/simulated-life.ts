/** The life of a part of the network. Its addresses and rules are kept and checked; that no packet moves, its state says. */
export const simulatedLife = {
  create: { from: [], steps: ['BUILD', 'ACTIVE (simulated)'] },
  delete: { from: 'any', steps: [null] },
} as const

/** The portable phases of its words. */
export const simulatedPhases = { BUILD: 'Pending', 'ACTIVE (simulated)': 'Ready' } as const
