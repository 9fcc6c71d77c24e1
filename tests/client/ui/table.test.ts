import { describe, expect, it } from 'vitest'
import { addEntries, removeEntry } from '../../../client/ui/chips.ts'
import { qrPath } from '../../../client/ui/qr-path.ts'
import {
  fittingColumns,
  nextOrder,
  rowAfterKey,
  sortRows,
  type TableColumn,
  visibleRows,
} from '../../../client/ui/table.ts'

interface Row {
  name: string
  households: number | null
}
const columns: TableColumn<Row>[] = [
  { key: 'name', label: '名称', value: ({ name }) => name },
  { key: 'households', label: '户', value: ({ households }) => households },
]
const rows: Row[] = [
  { name: '网格10', households: 20 },
  { name: '网格2', households: null },
  { name: '网格1', households: 100 },
]
const sorted = (key: string, isDescending: boolean) =>
  sortRows(rows, columns, { key, isDescending }).map(({ name }) => name)

describe('order', () => {
  it('reads numbers in names as numbers', () => expect(sorted('name', false)).toEqual(['网格1', '网格2', '网格10']))

  it('keeps rows without a value last in both directions', () => {
    expect(sorted('households', false)).toEqual(['网格10', '网格1', '网格2'])
    expect(sorted('households', true)).toEqual(['网格1', '网格10', '网格2'])
  })

  it('goes from ascending to descending to as given', () => {
    const up = nextOrder(null, 'name')
    const down = nextOrder(up, 'name')
    expect([up, down, nextOrder(down, 'name')]).toEqual([
      { key: 'name', isDescending: false },
      { key: 'name', isDescending: true },
      null,
    ])
    expect(nextOrder(down, 'households')).toEqual({ key: 'households', isDescending: false })
  })
})

it('draws the rows in sight and a few around them, never beyond the list', () => {
  const view = { height: 600, rowHeight: 30, count: 300_000 }
  expect(visibleRows({ ...view, scrollTop: 0 })).toEqual([0, 28])
  expect(visibleRows({ ...view, scrollTop: 30_000 })).toEqual([992, 1028])
  expect(visibleRows({ ...view, scrollTop: 30_000, count: 5 })).toEqual([0, 5])
  expect(visibleRows({ ...view, scrollTop: 30 * 300_000 })).toEqual([299_992, 300_000])
})

it('leaves secondary columns out, the last first, until the others fit', () => {
  const wide: TableColumn<Row>[] = ['a', 'b', 'c', 'd'].map((key, index) => ({
    key,
    label: key,
    value: () => key,
    width: '100px',
    isSecondary: index % 2 === 1,
  }))
  const keysAt = (width: number) => fittingColumns(wide, width).map(({ key }) => key)
  expect(keysAt(400)).toEqual(['a', 'b', 'c', 'd'])
  expect(keysAt(399)).toEqual(['a', 'b', 'c'])
  expect(keysAt(10)).toEqual(['a', 'c'])
})

it('moves by keys and stays in the table', () => {
  expect(rowAfterKey('ArrowDown', null, 5, 10)).toBe(0)
  expect(rowAfterKey('ArrowUp', 0, 5, 10)).toBe(0)
  expect(rowAfterKey('ArrowDown', 4, 5, 10)).toBe(4)
  expect(rowAfterKey('PageDown', 0, 50, 10)).toBe(10)
  expect(rowAfterKey('End', null, 5, 10)).toBe(4)
  expect(rowAfterKey('a', 1, 5, 10)).toBeNull()
  expect(rowAfterKey('ArrowDown', null, 0, 10)).toBeNull()
})

it('parts chips at any mark a person uses, once each', () => {
  expect(addEntries(['饮水'], '充电，饮水、 阅览;借伞 ')).toEqual(['饮水', '充电', '阅览', '借伞'])
  expect(removeEntry(['饮水', '充电'], '饮水')).toEqual(['充电'])
})

it('draws every dark module of a QR code, the three finders included', () => {
  const { size, path } = qrPath('https://127.0.0.1:8080/sign-in/abc')
  const filled = new Set<string>()
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let step = 0; step < Number(length); step++) filled.add(`${Number(x) + step},${y}`)
  for (const [x, y] of [
    [0, 0],
    [size - 7, 0],
    [0, size - 7],
  ] as const) {
    for (let step = 0; step < 7; step++) expect(filled.has(`${x + step},${y}`)).toBe(true)
    expect(filled.has(`${x + 1},${y + 1}`)).toBe(false)
  }
})
