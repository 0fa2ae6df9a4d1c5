import type { Classification } from '@hanse/core/driver'
import { StoreRefusal } from './store/refusal.ts'
import type { StoreRefusalCode } from './store/refusal.ts'

/** What each refusal of the store means to a caller. Those that need details of the call are raised where they arise, as `refuse(…)`. */
const codes = {
  Full: 'Unavailable',
  Forbidden: 'PermissionDenied',
  Corrupt: 'Unknown',
  Busy: 'Unavailable',
  NewerVersion: 'FailedPrecondition',
  Missing: 'NotFound',
  Taken: 'AlreadyExists',
  InUse: 'FailedPrecondition',
  WrongPhase: 'FailedPrecondition',
  Invalid: 'InvalidArgument',
  Exhausted: 'QuotaExceeded',
  OutOfRange: 'InvalidArgument',
  DigestMismatch: 'InvalidArgument',
  SizeMismatch: 'InvalidArgument',
} as const satisfies Readonly<Record<StoreRefusalCode, Classification['code']>>

/** Says what a raw failure of the embedded cloud means. Its transactions either happened or did not: nothing is ambiguous. */
export function classifyError(cause: unknown): Classification {
  if (!(cause instanceof StoreRefusal)) {
    return { code: 'Unknown', message: cause instanceof Error ? cause.message : String(cause), details: {}, ambiguous: false }
  }
  const [by] = cause.by
  const shared = {
    message: cause.message,
    providerCode: cause.code,
    ambiguous: false,
    exists: cause.by.map(({ kind, id }) => ({ kind, id })),
  }
  const code = codes[cause.code]
  switch (code) {
    case 'NotFound':
    case 'AlreadyExists':
      return { code, details: { kind: by?.kind ?? '', id: by?.id ?? '' }, ...shared }
    case 'InvalidArgument':
      return { code, details: { path: [] }, ...shared }
    default:
      return { code, details: {}, ...shared, retryable: cause.code === 'Busy' }
  }
}
