import type { Limits } from '@hanse/core'
import type { LocalCloud } from './local-cloud.ts'

const labels = { count: 50, keyLength: 128, valueLength: 255, keyPattern: /^[A-Za-z0-9][A-Za-z0-9._/-]*$/ }
const name = { maxBytes: 255 }

/** What the embedded cloud accepts: the narrower limits that real clouds have, so that a program that works here does not fail there by its names. */
export const limits = ({ quotas }: LocalCloud): Limits => ({
  server: {
    count: quotas['server'],
    labels,
    fields: {
      // As a host name: the server takes its own from it (RFC 1123).
      name: { max: 63, pattern: /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/, hint: 'must be letters, digits, dots and hyphens, as in a host name' },
      userData: { maxBytes: 65_535 },
    },
  },
  network: { count: quotas['network'], labels, fields: { name } },
  subnet: { count: quotas['subnet'], labels, fields: { name } },
  bucket: { count: quotas['bucket'], labels },
  repository: {
    count: quotas['repository'],
    labels,
    fields: {
      // A repository is a folder, and another may lie within it.
      name: { pattern: /^(?!(?:.*\/)?(?:blobs|index\.json|oci-layout)(?:\/|$))/, hint: 'must not have blobs, index.json or oci-layout between its slashes' },
    },
  },
})
