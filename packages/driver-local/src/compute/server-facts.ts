import type { ImageSpec } from '@hanse/core'
import type { ServerEvent } from './server-console.ts'

/** What a server remembers beside what it shows. */
export interface ServerFacts {
  /** The bytes of its image, which it keeps when the image goes. */
  readonly disk: {
    readonly digest: string
    readonly sizeBytes: number
    readonly imageName: string
    readonly image: Omit<ImageSpec, 'name' | 'labels'>
  }
  /** How long its user data was; the text is not kept. */
  readonly userDataBytes: number | undefined
  readonly keyFingerprint: string | undefined
  /** The newest at the end. */
  readonly events: readonly ServerEvent[]
}

/** So many events are remembered beside the creation, with which a console begins. */
const longestMemory = 200

/** A document after one more event. */
export const remembering = <D extends { readonly facts?: ServerFacts | undefined }>(document: D, event: ServerEvent): D => {
  const [first, ...rest] = document.facts?.events ?? []
  if (document.facts === undefined || first === undefined) return document
  return { ...document, facts: { ...document.facts, events: [first, ...[...rest, event].slice(-longestMemory)] } }
}
