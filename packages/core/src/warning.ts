/** Something that worked and not quite as asked. Warnings are values: they travel with the resource that they are about. */
export interface CloudWarning {
  /** What happened: a size was `Rounded` up, a label or name `Shortened`, a feature `Emulated`, a page larger or smaller than asked. */
  readonly code: 'Rounded' | 'Shortened' | 'Emulated' | 'PageSize'
  /** The field it is about, as in `sizeGiB`. */
  readonly field: string
  /** One sentence for a person: what was asked, what is. */
  readonly message: string
}
