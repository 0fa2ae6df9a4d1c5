/** The name of a journal file: the epoch of its lease, and which of that epoch's files it is. Names sort in that order. */
export const journalName = (epoch: number, part: number): string => `${digits(epoch, 10)}-${digits(part, 6)}.jsonl`

/** Whether a file of that name is a journal; others are none of ours, or unfinished. */
export const isJournalName = (name: string): boolean => /^\d{10}-\d{6}\.jsonl$/.test(name)

/** The epoch that a journal's name begins with. */
export const epochOf = (name: string): number => Number.parseInt(name, 10)

const digits = (value: number, length: number): string => String(value).padStart(length, '0')
