import { local } from '@hanse/driver-local'
import { defineConfig } from '@hanse/provisioning'
import { fileURLToPath } from 'node:url'
import { shop } from './stack.ts'

const cloud = (name: string) => local({ path: fileURLToPath(new URL(`.hanse/${name}`, import.meta.url)), delayMs: 250 })

export default defineConfig({
  clouds: { home: cloud('home'), away: cloud('away') },
  stack: shop,
  environments: { dev: 'home', prod: 'away' },
})
