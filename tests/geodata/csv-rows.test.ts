import { describe, expect, it } from 'vitest'
import { readCsv } from '../../geodata/import/csv-rows.ts'

async function read(text: string) {
  const { columns, rows, nulDropped } = await readCsv(text)
  const read: (string[] | string)[] = []
  for await (const row of rows) read.push('ragged' in row ? row.ragged.message : row.cells)
  return { columns, rows: read, nulDropped }
}

describe('line ends', () => {
  it.each(['\n', '\r\n', '\r'])('%j', async (end) => {
    expect(await read(['a,b', '1,2', '3,4', ''].join(end))).toMatchObject({
      columns: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    })
  })
  it('mixed in one file, and within quotes', async () => {
    expect((await read('a,b\r\n1,2\n"3\r\n3",4\r5,6')).rows).toEqual([
      ['1', '2'],
      ['3\r\n3', '4'],
      ['5', '6'],
    ])
  })
})

it.each([
  ['commas', 'a,b\n1,2'],
  ['tabs', 'a\tb\n1\t2'],
  ['semicolons', 'a;b\n1;2'],
  ['a separator within quotes', '"a";b\n1;2'],
])('reads %s', async (_, text) => {
  expect(await read(text)).toMatchObject({ columns: ['a', 'b'], rows: [['1', '2']] })
})

it('drops NUL and says how many', async () => {
  expect(await read('a,b\n1\0,2\0\n')).toEqual({ columns: ['a', 'b'], rows: [['1', '2']], nulDropped: 2 })
})

it('skips blank lines and rows of empty cells, and cells beyond the header that are empty', async () => {
  expect((await read('a,b\n\n1,2,,\n,\n  , \n3,4\n\n')).rows).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
})

it('finds ragged rows where they are', async () => {
  expect((await read('a,b,c\n1,2,3\n1,2\n1,2,3,4\n')).rows).toEqual([
    ['1', '2', '3'],
    'This row has 2 columns where the header has 3.',
    'This row has 4 columns where the header has 3.',
  ])
})

it('keeps what is no ASCII whole across the seams of chunks', async () => {
  const name = '𠮷'.repeat(100)
  const lines = Array.from({ length: 700 }, (_, at) => `${at},x${'y'.repeat(at % 3)}${name}`)
  const { rows } = await read(['n,name', ...lines].join('\n'))
  expect(rows).toHaveLength(700)
  expect(rows.every((row) => row[1]?.endsWith(name))).toBe(true)
})

it('refuses an empty file and a quote that never closes, with the line', async () => {
  await expect(read('')).rejects.toMatchObject({ code: 'file_empty' })
  await expect(read('\n\n')).rejects.toMatchObject({ code: 'file_empty' })
  await expect(read('a,b\n1,"2\n3,4\n')).rejects.toMatchObject({ code: 'csv_broken' })
})
