import { describe, expect, it } from 'vitest'
import { components, type Piece, partition } from '../../geodata/generate/partition.ts'
import { PlanarMap } from '../../geodata/generate/planar-map.ts'
import { signedArea } from '../../geodata/generate/plane.ts'

const STREET = { kind: 'minor', street: 'a', isBridge: false } as const

/** Squares of 1 × 1, `columns` by `rows`; face of column c and row r is c * rows + r. */
function lattice(columns: number, rows: number) {
  const map = new PlanarMap()
  const at = (column: number, row: number) => column * (rows + 1) + row
  for (let column = 0; column <= columns; column++) for (let row = 0; row <= rows; row++) map.addCorner([column, row])
  for (let column = 0; column < columns; column++)
    for (let row = 0; row < rows; row++)
      map.addFace([at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)])
  return { map, at }
}
const area = (map: PlanarMap, ring: number[]) => signedArea(ring.map((corner) => map.at(corner)))

describe('a planar map', () => {
  it('puts a new corner into both faces of a side', () => {
    const { map, at } = lattice(2, 1)
    const corner = map.splitSide(at(1, 0), at(1, 1), [1, 0.5])
    expect([0, 1].map((face) => map.face(face).ring.includes(corner))).toEqual([true, true])
    expect(map.leftOf(at(1, 0), corner)).toBe(0)
    expect(map.leftOf(corner, at(1, 0))).toBe(1)
  })

  it('cuts a face in two that add up to it', () => {
    const { map, at } = lattice(1, 1)
    const halves = map.splitFace(0, at(0, 0), at(1, 1), STREET)
    expect(halves.map((face) => area(map, map.face(face).ring))).toEqual([0.5, 0.5])
    expect(map.side(at(1, 1), at(0, 0)).kind).toBe('minor')
  })

  it('refuses to cut along a side', () => {
    const { map, at } = lattice(1, 1)
    expect(() => map.splitFace(0, at(0, 0), at(1, 0), STREET)).toThrow('cannot be cut')
  })

  it('outlines a ring of faces as an outer ring and a hole', () => {
    const { map } = lattice(3, 3)
    const rings = map.outline([0, 1, 2, 3, 5, 6, 7, 8])
    expect(rings.map((ring) => area(map, ring))).toEqual([9, -1])
  })

  it('parts an outline where it touches itself in a corner', () => {
    // Seven of nine squares: the hole in the middle meets the open corner in one point.
    const { map } = lattice(3, 3)
    const rings = map.outline([0, 1, 2, 3, 5, 6, 7])
    expect(rings.map((ring) => area(map, ring))).toEqual([8, -1])
    for (const ring of rings) expect(new Set(ring).size).toBe(ring.length)
  })
})

describe('a partition', () => {
  /** Pieces on a lattice, joined to those beside, above and below. */
  function pieces(columns: number, rows: number, weight: (column: number, row: number) => number): Piece[] {
    return Array.from({ length: columns * rows }, (_, id) => {
      const [column, row] = [Math.floor(id / rows), id % rows]
      const neighbours = new Map<number, number>()
      if (column > 0) neighbours.set(id - rows, 1)
      if (column < columns - 1) neighbours.set(id + rows, 1)
      if (row > 0) neighbours.set(id - 1, 1)
      if (row < rows - 1) neighbours.set(id + 1, 1)
      return { id, middle: [column, row], weight: weight(column, row), neighbours }
    })
  }

  it('makes the wanted number of parts, each of which hangs together', () => {
    const all = pieces(12, 10, (column, row) => 1 + ((column * 7 + row * 3) % 5))
    const parts = partition(all, 11)
    expect(parts).toHaveLength(11)
    for (const part of parts) expect(components(part)).toHaveLength(1)
    expect(
      parts
        .flat()
        .map(({ id }) => id)
        .sort((a, b) => a - b),
    ).toEqual(all.map(({ id }) => id))
  })

  it('balances the weights', () => {
    const parts = partition(
      pieces(16, 16, () => 1),
      16,
    )
    for (const part of parts) expect(Math.abs(part.length - 16)).toBeLessThanOrEqual(3)
  })

  it('cuts where a border is cheap', () => {
    const all = pieces(8, 4, () => 1)
    for (const piece of all)
      for (const other of piece.neighbours.keys()) {
        const crosses = Math.min(piece.id, other) < 16 && Math.max(piece.id, other) >= 16
        piece.neighbours.set(other, crosses ? 0.1 : 5)
      }
    const sizes = partition(all, 2).map((part) => part.every(({ id }) => id < 16) || part.every(({ id }) => id >= 16))
    expect(sizes).toEqual([true, true])
  })
})
