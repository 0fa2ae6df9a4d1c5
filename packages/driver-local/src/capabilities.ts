/** What the embedded cloud can do. The one list: types, `supports`, the matrix in the README and the choice of the kit's cases come from it. */
export const always = [
  'server',
  'server.resize',
  'serverSize',
  'image',
  'network',
  'subnet',
  'bucket',
  'object',
  'repository',
  'repository.create',
  'tag',
  'tag.delete',
  'manifest',
  'manifest.delete',
  'blob',
  'blob.mount',
  'blob.delete',
  'artifact',
  'artifact.referrers',
] as const

/** Nothing has to be found out: every embedded cloud is the same. */
export const probed = [] as const
