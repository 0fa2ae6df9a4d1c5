import type { ConformanceCase } from '../case.ts'

/** Cases written for one kind: the verbs beyond the five, and what a cloud must refuse. */
export const writtenCases: readonly ConformanceCase[] = []
