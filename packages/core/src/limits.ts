/** What one cloud accepts in a field, narrower than what the kind allows. */
export interface FieldLimits {
  /** Of a number the value, of a text the characters, of a list the items. */
  readonly min?: number | undefined
  readonly max?: number | undefined
  /** Of a text, in bytes of UTF-8. */
  readonly maxBytes?: number | undefined
  readonly pattern?: RegExp | undefined
  /** The pattern in words, for the message. */
  readonly hint?: string | undefined
}

/** What one cloud accepts as labels. Lengths are in characters. */
export interface LabelLimits {
  readonly count?: number | undefined
  readonly keyLength?: number | undefined
  readonly valueLength?: number | undefined
  readonly keyPattern?: RegExp | undefined
}

/** What one cloud accepts of a kind. */
export interface KindLimits {
  /** How many the account may have, where the cloud publishes it. */
  readonly count?: number | undefined
  /** By the path of the field: `name`, `size.vcpus`, `listeners.port`. */
  readonly fields?: Readonly<Record<string, FieldLimits>> | undefined
  readonly labels?: LabelLimits | undefined
}

/** The limits that a cloud publishes, by kind. Plans refuse what the cloud would refuse. */
export type Limits = Readonly<Record<string, KindLimits>>

/** Something wrong with a spec. */
export interface Problem {
  /** Where: `['listeners', 0, 'port']`. */
  readonly path: readonly (string | number)[]
  /** What is wrong, and what would be right. */
  readonly message: string
  /** Set when it is not wrong in itself but nothing that this cloud offers: the capability that it needs. */
  readonly capability?: string | undefined
}

/** How a spec is checked. */
export interface CheckOptions {
  /** Says of a value that it stands for one that is not known yet, such as an output of a stack; it is passed over. */
  readonly isLater?: ((value: unknown) => boolean) | undefined
}
