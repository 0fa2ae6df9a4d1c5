import { expect, it } from 'vitest'
import { palette } from './palette.ts'
import { tableLines } from './table.ts'

const plain = { paint: palette(false), maxCell: undefined }

it('columns are as wide as what a person sees in them', () => {
  expect(
    tableLines(
      ['NAME', 'ID'],
      [
        ['網路', '1'],
        ['é', '22'],
        ['abcdef', '3'],
      ],
      plain,
    ),
  ).toEqual(['NAME    ID', '網路    1', 'é       22', 'abcdef  3'])
})

it('a cell that is too wide for a terminal ends with an ellipsis', () => {
  expect(tableLines(['NAME'], [['abcdefgh'], ['網路網路']], { ...plain, maxCell: 5 })).toEqual(['NAME', 'abcd…', '網路…'])
})

it('what comes from elsewhere cannot send commands to a terminal', () => {
  expect(tableLines(['NAME'], [['a\u001b]0;x\u0007\nb']], plain)).toEqual(['NAME', 'a\\u001b]0;x\\u0007\\nb'])
})

it('a long list is laid out without being taken apart', () => {
  expect(
    tableLines(
      ['NAME'],
      Array.from({ length: 200_000 }, (_, index) => [`n${index}`]),
      plain,
    ),
  ).toHaveLength(200_001)
})
