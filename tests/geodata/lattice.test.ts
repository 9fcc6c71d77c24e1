import { describe, expect, it } from 'vitest'
import { latticeGrid, latticeTop } from '../../geodata/lattice/lattice.ts'
import { createIds } from '../../geodata/write-district.ts'

describe('a lattice', () => {
  it('numbers its grids with 15-digit codes inside their communities, each once', () => {
    const codes = Array.from({ length: 2_000 }, (_, index) => latticeGrid(index, 2_000))
    expect(new Set(codes.map(({ code }) => code)).size).toBe(2_000)
    const communities = new Set(latticeTop(2_000).map(({ code }) => code))
    for (const { code, parentCode } of codes) {
      expect(code).toMatch(/^\d{15}$/)
      expect(communities).toContain(parentCode)
    }
  })

  it('gives neighbours the very same corners', () => {
    const [west, east] = [latticeGrid(0, 900), latticeGrid(1, 900)]
    const corners = (area: typeof west) => (area.border[0]?.[0] ?? []).map(String)
    expect(corners(east).filter((corner) => corners(west).includes(corner)).length).toBeGreaterThanOrEqual(2)
  })

  it('holds its grids in their community’s square', () => {
    for (const index of [0, 899, 900, 1_799]) {
      const grid = latticeGrid(index, 1_800)
      const community = latticeTop(1_800).find(({ code }) => code === grid.parentCode)
      const span = (points: number[][], axis: number) => {
        const values = points.map((point) => point[axis] ?? Number.NaN)
        return [Math.min(...values), Math.max(...values)] as const
      }
      for (const axis of [0, 1]) {
        const [low, high] = span(grid.border.flat(2), axis)
        const [from, to] = span(community?.border.flat(2) ?? [], axis)
        expect(low).toBeGreaterThanOrEqual(from)
        expect(high).toBeLessThanOrEqual(to)
      }
    }
  })
})

describe('ids', () => {
  it('follow from the seed, the table and the code, for ever', () => {
    const id = createIds(9)
    expect(id('building', 'B00001')).toBe('d35e820d-bd9c-576f-9124-1551d7b46731')
    expect(createIds(9)('building', 'B00001')).toBe(id('building', 'B00001'))
    const others = [createIds(8)('building', 'B00001'), id('member', 'B00001'), id('building', 'B00002')]
    expect(new Set([id('building', 'B00001'), ...others]).size).toBe(4)
  })

  it('of nothing are nothing', () => {
    expect(createIds(9)('building', null)).toBeNull()
  })
})
