// Declaring
import { main } from './stack/builders.ts'

export { on } from './stack/builders.ts'
export type { Builders } from './stack/builders.ts'
export { directory, texts } from './stack/file-source.ts'
export type { FileSource, SourceFile } from './stack/file-source.ts'
export type { LayerFiles } from './stack/tar.ts'
export { all, Output } from './stack/output.ts'
export { hasSecrets } from './stack/has-secrets.ts'
export { defineStack } from './stack/stack.ts'
export type { Stack } from './stack/stack.ts'
export type { StackProblem } from './stack/stack-problem.ts'
export type { AnyWanted, CloudFor, CloudsFor, Group, StackKindName, Wanted } from './stack/wanted.ts'
export { checkConfig } from './check-config.ts'
export { defineConfig } from './config.ts'
export type { ProjectConfig } from './config.ts'

/** The builders of the one cloud that most stacks have: `server({ … })`, `network({ … })`. */
export const {
  server,
  keyPair,
  serverGroup,
  volume,
  volumeAttachment,
  volumeSnapshot,
  volumeBackup,
  bucket,
  fileSet,
  repository,
  containerImage,
  network,
  subnet,
  router,
  routerInterface,
  securityGroup,
  securityGroupRule,
  floatingIp,
  floatingIpAssociation,
  loadBalancer,
  dnsZone,
  dnsRecord,
  port,
} = main

// Carrying out
export { plan } from './engine/plan.ts'
export { apply, destroy } from './engine/apply.ts'
export type { Applied } from './engine/apply.ts'
export type { ApplyOptions, StackOptions } from './engine/options.ts'
export type { StackEvent, Step } from './engine/stack-event.ts'
export type { FieldChange, Plan, PlannedAction, PlannedChange, Recovered } from './plan/plan.ts'
export { isStackError, stackError } from './stack-error.ts'
export type { StackError, StackErrorCode, StackErrorDetails } from './stack-error.ts'

// State
export { fileStateStore } from './state/file-store.ts'
export { memoryStateStore } from './state/memory-store.ts'
export { sealedWith } from './state/sealed-with.ts'
export { generateStateKey, loadStateKeyFile, parseStateKey } from './state/state-key.ts'
export type { StateKey } from './state/state-key.ts'
export type { StackState, StateSession, StateStore, StateView } from './state/state-store.ts'
export type { JsonObject, JsonValue, RecordedResource } from './state/recorded-resource.ts'
