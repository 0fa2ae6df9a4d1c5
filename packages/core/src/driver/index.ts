// The door for driver authors.

export { defineDriver } from './driver.ts'
export type { Consistency, Driver, DriverKinds, OpenDriver } from './driver.ts'
export type { CreatesDriver, DeletesDriver, GetsDriver, ListsDriver, MarksDriver, Resolved, UpdatesDriver } from './kind-driver.ts'
export type { DriverMap } from './driver-map.ts'
export type { ServerConsoleDriver, ServerDriver, ServerResizeDriver, ServerSnapshotDriver } from './server-driver.ts'
export type {
  BlobDeleteDriver,
  BlobDriver,
  BlobMountDriver,
  ManifestDeleteDriver,
  ManifestDriver,
  ReferrersDriver,
  RepositoryCreateDriver,
  RepositoryDriver,
  TagDeleteDriver,
  TagDriver,
} from './registry-driver.ts'
export type { ConditionalPutDriver, MultipartDriver, ObjectDriver, PresignDriver, VersionsDriver } from './object-driver.ts'
export type { Call, CreateCall, ListQuery, MutationCall } from './call.ts'
export { Refusal, isRefusal, refuse } from './classification.ts'
export type { Classification } from './classification.ts'
export type { DriverRuntime, HttpRequest, HttpResponse, LogEvent, TraceEvent } from './runtime.ts'
export { defaultRuntime } from './default-runtime.ts'
export { bindDriver, cloudSource } from './cloud-source.ts'
export { describeKind } from '../kind/kind.ts'
export {
  boolean,
  bytes,
  choice,
  concealed,
  integer,
  list,
  live,
  needing,
  object,
  oneOf,
  optional,
  record,
  reference,
  text,
} from '../kind/field.ts'
export type { FieldsOf } from '../kind/field.ts'
// What a driver of a registry needs of a manifest
export { blobsOf } from '../registry/artifact.ts'
export { readManifest } from '../registry/read-manifest.ts'
export { artifactTypeOf } from '../registry/referrers.ts'
