import { bytes, choice, concealed, integer, list, needing, oneOf, optional, reference, text } from '../kind/field.ts'
import { describeKind } from '../kind/kind.ts'
import { nativeExtras } from '../kind/native-field.ts'
import { changeableName, fixedName, labels } from '../kind/naming-fields.ts'
import type { ImageOutputs, ImagePhase, ImageSelector, ImageSpec } from './image.ts'
import type { KeyPairOutputs, KeyPairSpec } from './key-pair.ts'
import type { ServerOutputs, ServerPhase, ServerSpec } from './server.ts'
import type { ServerGroupSpec } from './server-group.ts'
import type { ServerSizeSpec, SizeSelector } from './server-size.ts'

const architecture = oneOf('The processor.', ['x86_64', 'aarch64'])

const imageSelector = {
  os: optional(text('As in os-release: debian, ubuntu, alpine.', { min: 1, max: 64 })),
  version: optional(text('As the distribution counts: 13, 24.04.', { min: 1, max: 64 })),
  architecture: optional(architecture),
  purpose: optional(text('What it is made for; server when left out.', { min: 1, max: 64 })),
}

const sizeSelector = {
  vcpus: optional(integer('At least so many.', { min: 1, max: 1024, unit: 'vCPU' })),
  memoryGiB: optional(integer('At least so much.', { min: 1, max: 24_576, unit: 'GiB' })),
  diskGiB: optional(integer('At least so much.', { min: 0, max: 65_536, unit: 'GiB' })),
  architecture: optional(architecture),
  accelerators: optional(integer('At least so many.', { min: 0, max: 64, unit: 'GPU' })),
}

const size = choice<'serverSize', SizeSelector>('How large it is: a name, or what it must at least have.', 'serverSize', sizeSelector, {
  onChange: { action: 'resize', needs: 'server.resize' },
})

/** The kind of a server, as data. */
export const server = describeKind<ServerSpec, ServerOutputs, ServerPhase>()({
  kind: 'server',
  service: 'compute',
  plural: 'servers',
  summary: 'A virtual machine.',
  identity: 'marked',
  verbs: ['create', 'get', 'list', 'update', 'delete'],
  actions: {
    start: { summary: 'Boots it.', on: 'one', takes: {}, effect: 'changes' },
    stop: { summary: 'Shuts it down and keeps its disks and addresses.', on: 'one', takes: {}, effect: 'changes' },
    reboot: { summary: 'Restarts it.', on: 'one', takes: {}, effect: 'changes' },
    resize: { summary: 'Gives it another size.', on: 'one', takes: { size }, effect: 'changes', needs: 'server.resize' },
    snapshot: {
      summary: 'Makes an image of its disk.',
      on: 'one',
      takes: { name: text('Of the image.', { min: 1, max: 255 }) },
      effect: 'creates',
      makes: 'image',
      needs: 'server.snapshot',
    },
    console: {
      summary: 'The last lines of its console.',
      on: 'one',
      takes: {},
      options: { lines: optional(integer('How many.', { min: 1, max: 10_000, unit: 'lines' })) },
      effect: 'reads',
      needs: 'server.console',
    },
  },
  phases: {
    Provisioning: 'pending',
    Running: 'ready',
    Updating: 'pending',
    Stopping: 'pending',
    Stopped: 'ready',
    Deleting: 'pending',
    Failed: 'failed',
    Unknown: 'pending',
  },
  fields: {
    name: changeableName,
    image: choice<'image', ImageSelector>('What it boots from: a name, or what the image must be.', 'image', imageSelector),
    size,
    subnets: optional(list('The subnets that it joins.', reference('', 'subnet'), { max: 64 })),
    securityGroups: optional(list('What may reach it.', reference('', 'securityGroup'), { max: 64 }, { onChange: 'update' })),
    keyPair: optional(needing('keyPair', reference('Whose public key may log in.', 'keyPair'))),
    group: optional(needing('serverGroup', reference('The group whose placement policy it follows.', 'serverGroup'))),
    zone: optional(text('The availability zone by name.', { min: 1, max: 255 })),
    userData: optional(concealed(text('What cloud-init reads at first boot.', { max: 65_535 }))),
    labels,
    native: nativeExtras,
  },
  outputs: { addresses: { type: 'list', of: { type: 'text', min: 2, max: 45, format: 'ip' }, min: 0, max: 64 } },
})

/** The kind of a size of servers, as data. */
export const serverSize = describeKind<ServerSizeSpec>()({
  kind: 'serverSize',
  service: 'compute',
  plural: 'serverSizes',
  summary: 'A size that servers can have.',
  identity: 'given',
  choose: { prefer: ['accelerators', 'vcpus', 'memoryGiB', 'diskGiB'] },
  verbs: ['get', 'list'],
  actions: {},
  phases: { Ready: 'ready' },
  fields: {
    name: fixedName,
    vcpus: integer('Virtual processors.', { min: 1, max: 1024, unit: 'vCPU' }),
    memoryGiB: integer('Memory.', { min: 0, max: 24_576, unit: 'GiB' }),
    diskGiB: optional(integer('The root disk.', { min: 0, max: 65_536, unit: 'GiB' })),
    architecture: optional(architecture),
    accelerators: optional(integer('Accelerators.', { min: 0, max: 64, unit: 'GPU' })),
  },
  outputs: {},
})

const imageFields = {
  name: changeableName,
  os: optional(text('As in os-release.', { min: 1, max: 64 })),
  version: optional(text('As the distribution counts.', { min: 1, max: 64 })),
  architecture: optional(architecture),
  purpose: optional(text('What it is made for.', { min: 1, max: 64 })),
  format: optional(oneOf('Of the bytes.', ['raw', 'qcow2'])),
  labels,
}

/** The kind of an image, as data. */
export const image = describeKind<ImageSpec, ImageOutputs, ImagePhase>()({
  kind: 'image',
  service: 'compute',
  plural: 'images',
  summary: 'A disk that servers boot from.',
  identity: 'marked',
  choose: { prefer: 'newest', unsaid: { purpose: 'server' } },
  verbs: ['get', 'list', 'delete'],
  actions: {
    import: {
      summary: 'Uploads an image.',
      on: 'kind',
      takes: { spec: { ...labels, shape: { type: 'object', fields: imageFields }, optional: false }, content: bytes('The bytes.') },
      effect: 'creates',
      needs: 'image.import',
    },
    export: { summary: 'The bytes of an image.', on: 'one', takes: {}, effect: 'reads', needs: 'image.export' },
  },
  phases: { Importing: 'pending', Ready: 'ready', Deleting: 'pending', Failed: 'failed', Unknown: 'pending' },
  fields: imageFields,
  outputs: {
    digest: { type: 'text', min: 0, max: 255, format: 'digest' },
    sizeBytes: { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER, unit: 'byte' },
  },
})

/** The kind of a key pair, as data. */
export const keyPair = describeKind<KeyPairSpec, KeyPairOutputs>()({
  kind: 'keyPair',
  service: 'compute',
  plural: 'keyPairs',
  summary: 'A public key that servers let in.',
  identity: 'named',
  verbs: ['create', 'get', 'list', 'delete'],
  actions: {},
  phases: { Ready: 'ready' },
  fields: {
    name: fixedName,
    publicKey: text('One line in the format of OpenSSH.', { min: 16, max: 16_384, format: 'sshPublicKey' }, { observe: 'get' }),
  },
  outputs: { fingerprint: { type: 'text', min: 1, max: 255 } },
})

/** The kind of a group of servers, as data. */
export const serverGroup = describeKind<ServerGroupSpec>()({
  kind: 'serverGroup',
  service: 'compute',
  plural: 'serverGroups',
  summary: 'Servers that are placed with regard to each other.',
  identity: 'named',
  verbs: ['create', 'get', 'list', 'delete'],
  actions: {},
  phases: { Ready: 'ready' },
  fields: { name: fixedName, policy: oneOf('Spread over hosts, or packed on one.', ['spread', 'pack']) },
  outputs: {},
})
