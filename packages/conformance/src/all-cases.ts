import type { AnyKind } from '@hanse/core'
import { kinds as coreKinds } from '@hanse/core'
import type { ConformanceCase } from './case.ts'
import { absenceCases } from './cases/general/absence-cases.ts'
import { cloudCases } from './cases/general/cloud-cases.ts'
import { argumentCases } from './cases/kinds/argument-cases.ts'
import { changeCases } from './cases/kinds/change-cases.ts'
import { createCases } from './cases/kinds/create-cases.ts'
import { errorCases } from './cases/kinds/error-cases.ts'
import { keyCases } from './cases/kinds/key-cases.ts'
import { limitCases } from './cases/kinds/limit-cases.ts'
import { listCases } from './cases/kinds/list-cases.ts'
import { secretCases } from './cases/kinds/secret-cases.ts'
import { timeCases } from './cases/kinds/time-cases.ts'
import { writtenCases } from './cases/written-cases.ts'
import { caseOf } from './kind-case.ts'
import type { KindCase } from './kind-case.ts'

/** What every kind is asked, as far as its description says that it applies. */
const kindCases: readonly KindCase[] = [
  ...createCases,
  ...argumentCases,
  ...limitCases,
  ...keyCases,
  ...listCases,
  ...changeCases,
  ...errorCases,
  ...timeCases,
  ...secretCases,
]

/** Every case there is for these kinds: those that every kind has, those written for one, and those about what is absent. */
export function allCases(kinds: Readonly<Record<string, AnyKind>> = coreKinds): readonly ConformanceCase[] {
  const known = { ...coreKinds, ...kinds }
  return [
    ...cloudCases,
    ...Object.values(known).flatMap((kind) => kindCases.flatMap((each) => caseOf(kind, each))),
    ...writtenCases,
    ...absenceCases(known),
  ]
}
