/** Designate's words. Nothing answers queries, and the state says so. */
export const dnsLife = {
  create: { from: [], steps: ['PENDING', 'ACTIVE (simulated)'] },
  update: { from: 'any', steps: ['PENDING', 'ACTIVE (simulated)'] },
  delete: { from: 'any', steps: ['DELETING', null] },
} as const
