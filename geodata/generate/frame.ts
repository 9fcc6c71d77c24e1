/**
 * The frame of the town: main streets as an irregular lattice that follows the river, the river with its bridges, the
 * railway, two slanting avenues. The cells between are the quarters; quarters.ts says what each is.
 */

import { PlanarMap, type SideKind } from './planar-map.ts'
import type { Point } from './plane.ts'
import { createRandom, type Random } from './random.ts'
import type { Terrain } from './terrain.ts'

export interface Cell {
  face: number
  /** Middle in plan coordinates. */
  middle: Point
  place: 'outside' | 'riverside' | 'hill' | 'town'
}

export interface Frame {
  map: PlanarMap
  cells: Cell[]
  /** The middle of the town, where the slanting avenues start; plan coordinates. */
  heart: Point
  station: Point
}

interface Row {
  t: number
  kind: SideKind
  /** The river, its banks and the railway run true; other streets wander a little. */
  isTrue: boolean
}

interface Column {
  s: number
  lean: number
  kind: SideKind
  isBridge: boolean
}

/** Rows from south to north. The five around 0 are the river, the paths on its banks and the river roads. */
function rowsOf(random: Random): Row[] {
  const row = (t: number, kind: SideKind): Row => ({ t: t + random.between(-50, 50), kind, isTrue: false })
  const trueRow = (t: number, kind: SideKind): Row => ({ t, kind, isTrue: true })
  return [
    row(-2_900, 'none'),
    row(-2_330, 'major'),
    row(-1_850, 'major'),
    trueRow(-1_430, 'rail'),
    row(-1_010, 'avenue'),
    row(-560, 'major'),
    trueRow(-124, 'major'),
    trueRow(-78, 'path'),
    trueRow(0, 'river'),
    trueRow(78, 'path'),
    trueRow(124, 'major'),
    row(600, 'avenue'),
    row(1_120, 'major'),
    row(1_690, 'major'),
    row(2_330, 'major'),
    row(2_900, 'none'),
  ]
}
const RAIL_ROW = 3
const RIVER_ROWS: readonly [first: number, last: number] = [6, 10]

const MIDDLE_COLUMN = 5
const AVENUE_COLUMNS = [2, MIDDLE_COLUMN, 7]

/** Columns from west to east, closer together in the middle of the town. */
function columnsOf(random: Random): Column[] {
  const widths = [900, 860, 720, 600, 620, 690, 830, 960].map((width) => width * random.between(0.88, 1.12))
  const total = widths.reduce((sum, width) => sum + width, 0)
  const inner = [-total / 2]
  for (const width of widths) inner.push((inner.at(-1) ?? 0) + width)
  const bridges = [2, 4, MIDDLE_COLUMN, 7, ...(random.chance(0.5) ? [8] : [])]
  return [-total / 2 - 600, ...inner, total / 2 + 600].map((s, index) => ({
    s,
    lean: random.between(-0.1, 0.1),
    kind: AVENUE_COLUMNS.includes(index) ? 'avenue' : 'major',
    isBridge: bridges.includes(index),
  }))
}

export function createFrame(seed: number, terrain: Terrain): Frame {
  const random = createRandom(seed, 'frame')
  const [rows, columns] = [rowsOf(random), columnsOf(random)]
  const map = new PlanarMap()
  const corners = columns.map((column, columnIndex) =>
    rows.map((row) => map.addCorner(cornerAt(column, row, columnIndex === MIDDLE_COLUMN, random))),
  )
  const corner = (column: number, row: number) => corners[column]?.[row] ?? 0
  const lattice = { map, rows, columns, corner }
  const roundness = random.between(1.35, 1.7)

  const cells = new Map<string, Cell>()
  for (let column = 0; column < columns.length - 1; column++) {
    for (let row = 0; row < rows.length - 1; row++) {
      const ring = [corner(column, row), corner(column + 1, row), corner(column + 1, row + 1), corner(column, row + 1)]
      const points = ring.map((id) => map.at(id))
      const middle: Point = [mean(points.map(([s]) => s)), mean(points.map(([, t]) => t))]
      const isEdge = column === 0 || row === 0 || column === columns.length - 2 || row === rows.length - 2
      const place = isEdge ? 'outside' : placeOf(middle, row, terrain, roundness)
      cells.set(`${column},${row}`, { face: map.addFace(ring), middle, place })
    }
  }
  layStreets(lattice, cells)
  const merged = mergeHill(map, [...cells.values()])
  const slanted = cutSlants(lattice, cells, merged)
  return {
    map,
    cells: joinQuarters(map, slanted, random),
    heart: map.at(corner(MIDDLE_COLUMN, RIVER_ROWS[1])),
    station: map.at(corner(MIDDLE_COLUMN, RAIL_ROW)),
  }
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function cornerAt(column: Column, row: Row, isMiddle: boolean, random: Random): Point {
  const [wander, drift] = [random.between(-55, 55), random.between(-45, 45)]
  const s = column.s + column.lean * row.t + (row.isTrue || isMiddle ? 0 : wander)
  return [s, row.t + (row.isTrue ? 0 : drift)]
}

function placeOf(middle: Point, row: number, terrain: Terrain, roundness: number): Cell['place'] {
  const { hill } = terrain
  const [ds, dt] = [(middle[0] - hill.middle[0]) / hill.reach[0], (middle[1] - hill.middle[1]) / hill.reach[1]]
  if (ds * ds + dt * dt < 1) return 'hill'
  if (row >= RIVER_ROWS[0] && row < RIVER_ROWS[1]) return 'riverside'
  // The corners of the lattice lie outside, so that the district is no rectangle.
  const edge = Math.abs(middle[0] / 2_750) ** 2.6 + Math.abs(middle[1] / 2_020) ** 2.6
  return edge > roundness ? 'outside' : 'town'
}

interface Lattice {
  map: PlanarMap
  rows: Row[]
  columns: Column[]
  corner(column: number, row: number): number
}

function layStreets({ map, rows, columns, corner }: Lattice, cells: Map<string, Cell>): void {
  const isOutside = (column: number, row: number) => (cells.get(`${column},${row}`)?.place ?? 'outside') === 'outside'
  for (const [columnIndex, column] of columns.entries()) {
    for (const [rowIndex, row] of rows.entries()) {
      const here = corner(columnIndex, rowIndex)
      if (columnIndex < columns.length - 1) {
        const isRiver = row.kind === 'river'
        const isBeyond = isOutside(columnIndex, rowIndex) && isOutside(columnIndex, rowIndex - 1)
        const kind = isBeyond && !isRiver && !reachesOut(row.kind, columnIndex, columns.length) ? 'none' : row.kind
        map.setSide(here, corner(columnIndex + 1, rowIndex), { kind, street: `row ${rowIndex}`, isBridge: false })
      }
      if (rowIndex < rows.length - 1) {
        const crossesRiver = rowIndex >= RIVER_ROWS[0] && rowIndex < RIVER_ROWS[1]
        const isBeyond = isOutside(columnIndex, rowIndex) && isOutside(columnIndex - 1, rowIndex)
        const stops =
          (crossesRiver && !column.isBridge) || (isBeyond && !reachesOut(column.kind, rowIndex, rows.length))
        map.setSide(here, corner(columnIndex, rowIndex + 1), {
          kind: stops ? 'none' : column.kind,
          street: `column ${columnIndex}`,
          isBridge: crossesRiver && rowIndex > RIVER_ROWS[0] && rowIndex < RIVER_ROWS[1] - 1,
        })
      }
    }
  }
}

/** Avenues and the railway go on beyond the district; lesser streets end at its border. */
const reachesOut = (kind: SideKind, index: number, count: number) =>
  (kind === 'avenue' || kind === 'rail') && (index === 0 || index === count - 2)

/** The hill is one face: no street crosses it. */
function mergeHill(map: PlanarMap, cells: Cell[]): Cell[] {
  const hill = cells.filter(({ place }) => place === 'hill')
  const middle: Point = [mean(hill.map((cell) => cell.middle[0])), mean(hill.map((cell) => cell.middle[1]))]
  const face = map.mergeFaces(hill.map((cell) => cell.face))
  return [...cells.filter(({ place }) => place !== 'hill'), { face, middle, place: 'hill' }]
}

/** Two avenues leave the middle of the town at a slant, across the lattice. */
function cutSlants({ map, corner }: Lattice, byPlace: Map<string, Cell>, cells: Cell[]): Cell[] {
  const slants = [
    { from: [MIDDLE_COLUMN, RIVER_ROWS[1]], step: [1, 1], steps: 4 },
    { from: [MIDDLE_COLUMN, RIVER_ROWS[0]], step: [-1, -1], steps: 2 },
  ] as const
  let rest = cells
  for (const [index, { from, step, steps }] of slants.entries()) {
    for (let at = 0; at < steps; at++) {
      const [column, row] = [from[0] + step[0] * at, from[1] + step[1] * at]
      const cell = byPlace.get(`${Math.min(column, column + step[0])},${Math.min(row, row + step[1])}`)
      if (cell?.place !== 'town' || !rest.includes(cell)) break
      const halves = map.splitFace(cell.face, corner(column, row), corner(column + step[0], row + step[1]), {
        kind: 'major',
        street: `slant ${index}`,
        isBridge: false,
      })
      rest = [
        ...rest.filter((other) => other !== cell),
        ...halves.map((face) => ({ ...cell, face, middle: middleOf(map, face) })),
      ]
    }
  }
  return rest
}

const middleOf = (map: PlanarMap, face: number): Point => {
  const points = map.ringOf(face)
  return [mean(points.map(([s]) => s)), mean(points.map(([, t]) => t))]
}

/** Here and there a main street is missing, so that quarters differ in size. */
function joinQuarters(map: PlanarMap, cells: Cell[], random: Random): Cell[] {
  const byFace = new Map(cells.map((cell) => [cell.face, cell]))
  const isPlain = (face: number | null) => face !== null && byFace.get(face)?.place === 'town'
  const candidates = [...map.eachSide()].filter(
    ({ side, left, right }) =>
      side.kind === 'major' && !side.street?.startsWith('slant') && isPlain(left) && isPlain(right),
  )
  const joined = new Set<number>()
  for (const { left, right } of random.shuffled(candidates)) {
    if (left === null || right === null || joined.has(left) || joined.has(right)) continue
    if (joined.size >= 12) break
    joined.add(left).add(right)
    const face = map.mergeFaces([left, right])
    byFace.delete(left)
    byFace.delete(right)
    byFace.set(face, { face, middle: middleOf(map, face), place: 'town' })
  }
  return [...byFace.values()]
}
