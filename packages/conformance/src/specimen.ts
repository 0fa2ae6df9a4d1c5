import type { AnyResource, CloudResultAsync, CreateOptions } from '@hanse/core'
import type { Bench } from './bench.ts'

/** A spec while it is being put together. */
export type Spec = Readonly<Record<string, unknown>>

/** Makes a valid value of one field. Each call gives another value where the field allows it; `undefined` where this cloud cannot. */
export type ValueMaker = (bench: Bench, spec: Spec) => unknown

/**
 * How to make one of a kind: all that is written by hand to get the cases that every kind has. What it refers to is made on the way and
 * removed afterwards.
 */
export interface Specimen {
  /** A maker for each field, in the order in which they are to be called: a later one sees what the earlier ones gave. */
  readonly fields: Readonly<Record<string, ValueMaker>>
  /** Optional fields without which a spec makes no sense all the same. */
  readonly alsoRequired?: readonly string[] | undefined
  /** Optional fields that exclude others: each is tried by itself. */
  readonly apart?: readonly string[] | undefined
  /** Its parent takes one of them only: a floating IP leads to one place. */
  readonly alone?: boolean | undefined
  /** Makes one, where that is not `create`: an image is imported. */
  readonly create?: ((bench: Bench, spec: Spec, options?: CreateOptions) => CloudResultAsync<AnyResource>) | undefined
  /** Arguments of the actions on one resource, after the id. */
  readonly actions?: Readonly<Record<string, (bench: Bench) => readonly unknown[] | Promise<readonly unknown[]>>> | undefined
}

/** Specimens by kind. */
export type Specimens = Readonly<Record<string, Specimen>>
