import type { Cloud } from '@hanse/core'
import { allCases } from './all-cases.ts'
import type { ConformanceCase } from './case.ts'

/** Which cases a cloud is asked. */
export interface Selection {
  /** Those about what it declares, and about the absence of what it does not. */
  readonly run: readonly ConformanceCase[]
  /** Those about what it does not declare. */
  readonly unsupported: readonly ConformanceCase[]
}

/** How a selection is narrowed. */
export interface SelectOptions {
  /** Kinds (`server`), or beginnings of ids (`server.resize`): only their cases. */
  readonly only?: readonly string[] | undefined
}

/** Selects cases by what a cloud declares, and by nothing else: a test cannot leave out what its driver fails. */
export function selectCases(cloud: Pick<Cloud, 'supports' | 'kinds'>, { only = [] }: SelectOptions = {}): Selection {
  const declared = cloud.supports as Readonly<Record<string, true | undefined>>
  const wanted = allCases(cloud.kinds).filter(
    (each) => only.length === 0 || only.some((one) => each.kind === one || (one.includes('.') && each.id.startsWith(one))),
  )
  const concerns = (each: ConformanceCase): boolean => each.absent === undefined || declared[each.absent] !== true
  const isDeclared = (each: ConformanceCase): boolean => each.requires.every((capability) => declared[capability] === true)
  return {
    run: wanted.filter((each) => concerns(each) && isDeclared(each)),
    unsupported: wanted.filter((each) => concerns(each) && !isDeclared(each)),
  }
}
