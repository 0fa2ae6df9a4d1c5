import { writeFileSync } from 'node:fs'
import { allCases, rules } from '@hanse/conformance'
import { contractPage } from './contract-page.ts'

/** Writes the page of the driver contract: `npm run docs:contract`. */
writeFileSync(new URL('../../docs/reference/driver-contract.md', import.meta.url), contractPage(rules, allCases()))
