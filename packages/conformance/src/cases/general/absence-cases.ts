import type { AnyKind, Cloud } from '@hanse/core'
import { verbsOf } from '@hanse/core'
import type { ConformanceCase } from '../../case.ts'
import { expectThat } from '../../expect.ts'
import { sampleOf } from '../kinds/wrong-values.ts'

/** A case for each capability that the kinds speak of, for clouds that do not declare it: there must be nothing of it. */
export function absenceCases(kinds: Readonly<Record<string, AnyKind>>): readonly ConformanceCase[] {
  const all = Object.values(kinds)
  return capabilitiesOf(kinds).map((capability) => {
    const owner = kinds[capability.split('.')[0] ?? '']
    return {
      id: `${capability}/is-absent`,
      rules: ['GEN-06'],
      requires: [],
      absent: capability,
      kind: owner?.kind,
      run: async ({ cloud }) => {
        expectThat(
          (cloud.supports as Readonly<Record<string, unknown>>)[capability] === undefined,
          `supports says nothing of ${capability}`,
        )
        for (const kind of all) {
          if (kind.kind === capability) {
            expectThat(cloud.kinds[capability] === undefined, `the cloud describes no ${capability}`)
            expectThat(memberOf(cloud, kind) === undefined, `there is no cloud.${kind.service}.${kind.plural}`)
            expectThat(
              cloud.check(capability, {}).some((problem) => problem.capability === capability),
              `check says that there is no ${capability}`,
            )
            continue
          }
          const service = memberOf(cloud, kind)
          if (service === undefined) continue
          for (const verb of verbsOf(kind))
            if (verb.needs === capability)
              expectThat(service[verb.name] === undefined, `cloud.${kind.service}.${kind.plural} has no ${verb.name}`)
          for (const [name, field] of Object.entries(kind.fields)) {
            if (field.needs !== capability) continue
            const problems = cloud.check(kind.kind, { [name]: sampleOf(field) })
            expectThat(
              problems.some((problem) => problem.path[0] === name && problem.capability === capability),
              `check says that ${kind.kind}.${name} needs ${capability}`,
            )
          }
        }
      },
    }
  })
}

/** Every capability that the descriptions speak of: the kinds themselves, and what their verbs, options and fields need. */
function capabilitiesOf(kinds: Readonly<Record<string, AnyKind>>): readonly string[] {
  const found = new Set<string>()
  for (const kind of Object.values(kinds)) {
    found.add(kind.kind)
    for (const verb of verbsOf(kind)) {
      if (verb.needs !== undefined) found.add(verb.needs)
      for (const { needs } of Object.values(verb.options ?? {})) if (needs !== undefined) found.add(needs)
    }
    for (const { needs, needsWhen } of Object.values(kind.fields)) {
      if (needs !== undefined) found.add(needs)
      if (needsWhen !== undefined) found.add(needsWhen.capability)
    }
  }
  return [...found].sort()
}

const memberOf = (cloud: Cloud, kind: AnyKind): Readonly<Record<string, unknown>> | undefined =>
  // By name: it is looked for where its description says that it would be.
  (cloud as unknown as Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined>>)[kind.service]?.[
    kind.plural
  ]
