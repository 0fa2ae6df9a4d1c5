import type { ConformanceCase } from '../case.ts'
import { imageCases } from './compute/image-cases.ts'
import { serverCases } from './compute/server-cases.ts'
import { locationCases } from './location/location-cases.ts'
import { networkCases } from './network/network-cases.ts'
import { routingCases } from './network/routing-cases.ts'
import { securityCases } from './network/security-cases.ts'
import { serviceCases } from './network/service-cases.ts'
import { blobCases } from './registry/blob-cases.ts'
import { manifestCases } from './registry/manifest-cases.ts'
import { tagCases } from './registry/tag-cases.ts'
import { bucketCases } from './storage/bucket-cases.ts'
import { objectCases } from './storage/object-cases.ts'
import { objectPutCases } from './storage/object-put-cases.ts'
import { optionalObjectCases } from './storage/optional-object-cases.ts'
import { volumeCases } from './storage/volume-cases.ts'

/** Cases written for one kind: the verbs beyond the five, and what a cloud must refuse. */
export const writtenCases: readonly ConformanceCase[] = [
  ...locationCases,
  ...serverCases,
  ...imageCases,
  ...volumeCases,
  ...bucketCases,
  ...objectPutCases,
  ...objectCases,
  ...optionalObjectCases,
  ...networkCases,
  ...routingCases,
  ...securityCases,
  ...serviceCases,
  ...blobCases,
  ...manifestCases,
  ...tagCases,
]
