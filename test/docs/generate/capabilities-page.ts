import type { CloudSource, KindName } from '@hanse/core'
import { kinds } from '@hanse/core'
import { documentedInterface } from './documented-interface.ts'
import { drivers } from './drivers.ts'
import type { GeneratedFile } from './generated-files.ts'
import { code, markdownTable } from './markdown-table.ts'

const titles = { location: 'Location', compute: 'Compute', storage: 'Storage', network: 'Network', registry: 'Registry' } as const

/** Every capability that core knows, with what it is and which service it belongs to. */
const capabilities = documentedInterface('core', 'CapabilityMap').map(({ name, typeDoc }) => {
  const noun = name.split('.')[0] as KindName
  return { name, summary: typeDoc, service: kinds[noun].service, isKind: noun === name }
})

/** The whole matrix, drivers × capabilities. */
export const capabilitiesPage = (): GeneratedFile => {
  const sections = Object.entries(titles).map(([service, title]) => {
    const rows = capabilities.filter((capability) => capability.service === service)
    const head = ['capability', 'what a cloud then is', ...drivers.map(({ driver }) => driver)]
    return `## ${title}\n\n${markdownTable(
      head,
      rows.map(({ name, summary, isKind }) => [
        isKind ? `[\`${name}\`](kinds/${pageOf(name)})` : code(name),
        summary,
        ...drivers.map((driver) => promise(driver, name)),
      ]),
    )}`
  })
  const text = `# Capabilities

What each driver offers: **always**, on every cloud of it; **probed**, on those where opening the cloud finds it; **–**, never. \`supports(cloud, capability)\` asks an open cloud, \`openCloud(source, { require: [capability] })\` insists, \`CloudWith<capability>\` is the type of a cloud that has it. [Capabilities and portability](../explanation/capabilities-and-portability.md) says why it is so.

${sections.join('\n\n')}
`
  return { path: 'docs/reference/capabilities.md', text }
}

/** The same in short, for the README: the kinds of each service, and how many of the optional features beside. */
export const capabilitiesInShort = (): string =>
  markdownTable(
    ['', ...drivers.map(({ driver }) => `driver-${driver}`)],
    Object.entries(titles).map(([service, title]) => [
      title,
      ...drivers.map((driver) => {
        const own = capabilities.filter(({ name, service: of }) => of === service && promise(driver, name) !== '–')
        const marked = ({ name }: { readonly name: string }): string => (promise(driver, name) === 'probed' ? `${name} (probed)` : name)
        const features = own.filter(({ isKind }) => !isKind).length
        const listed = own.filter(({ isKind }) => isKind).map(marked)
        return listed.length === 0
          ? '–'
          : `${listed.join(', ')}${features === 0 ? '' : `; ${features} optional ${features === 1 ? 'feature' : 'features'}`}`
      }),
    ]),
  )

const promise = ({ always, probed }: CloudSource, capability: string): 'always' | 'probed' | '–' =>
  (always as readonly string[]).includes(capability) ? 'always' : (probed as readonly string[]).includes(capability) ? 'probed' : '–'

/** The file name of a kind's page. */
export const pageOf = (kind: string): string => `${kind.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.md`
