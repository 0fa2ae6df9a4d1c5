import type { Specimens } from './specimen.ts'
import { compute } from './specimens/compute.ts'
import { network } from './specimens/network.ts'
import { registry } from './specimens/registry.ts'
import { storage } from './specimens/storage.ts'

/** How to make one of each of core's kinds. A driver's own kinds come with its harness. */
export const specimens: Specimens = { ...compute, ...storage, ...network, ...registry }
