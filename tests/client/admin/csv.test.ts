import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, csvHeader, csvText } from '../../../client/dispatch/admin/csv.ts'

describe('what we give to spreadsheets', () => {
  it.each(['=1+1', '+86 139', '-2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', "=cmd|' /C calc'!A0"])(
    '%j is text, not a formula',
    (value) => expect(csvCell(value)).toBe(`"'${value.replaceAll('"', '""')}"`),
  )

  it('quotes what would break the row', () => {
    expect(csvCell('a "b", c')).toBe('"a ""b"", c"')
    expect(csvCell(null)).toBe('""')
    expect(csvCell(-3)).toBe('"-3"')
  })

  it('no text ever starts a cell with a formula sign, and all of it comes back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (row) => {
        const [read] = parse(csvText([row]), { bom: true, relax_column_count: true }) as string[][]
        expect(read).toBeDefined()
        for (const [index, cell] of (read ?? []).entries()) {
          expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
          expect(cell.replace(/^'/, '')).toBe((row[index] ?? '').replace(/^'/, ''))
        }
      }),
    )
  })

  it('starts with a byte order mark, so that Chinese survives', () => {
    expect([...new TextEncoder().encode(csvText([['姓名']]))].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf])
  })
})

describe('the columns of a file', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)

  it('are read from the first line, quotes and byte order mark taken off', () => {
    expect(csvHeader(bytes('\uFEFF姓名,"岗位, 主要",电话\r\n张三,网格员,1'))).toEqual(['姓名', '岗位, 主要', '电话'])
  })

  it('are read with tabs or semicolons too', () => {
    expect(csvHeader(bytes('name\tphone\n'))).toEqual(['name', 'phone'])
    expect(csvHeader(bytes('name;phone'))).toEqual(['name', 'phone'])
  })

  it('are read in GB18030', () => {
    // 姓名,电话
    expect(csvHeader(new Uint8Array([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xb5, 0xe7, 0xbb, 0xb0]))).toEqual(['姓名', '电话'])
  })

  it('bear a character cut in half at the end', () => {
    expect(csvHeader(bytes('姓名,电话\n张三').slice(0, -1))).toEqual(['姓名', '电话'])
  })
})
