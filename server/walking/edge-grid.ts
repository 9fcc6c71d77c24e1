/** Finds the edge nearest to a place: edges sorted into the squares of a uniform grid. Degrees in, metres out. */
import type { LonLat } from '#contract/geo'

/** Metres in one degree of latitude on the sphere of contract/geo.ts. */
const METRES_PER_DEGREE = (Math.PI / 180) * 6_371_008.8
const SQUARE_METRES = 60
/** A stray line far away must not make a grid of a million empty squares: they grow instead. */
const SQUARES_PER_EDGE = 8
const LEAST_SQUARES = 4_096
const STEPS_BETWEEN_YIELDS = 1_000

/** Where a place meets the network. */
export interface Snap {
  edge: number
  /** How far along the edge, 0 to 1. */
  fraction: number
  /** From the place to the edge, in a straight line. */
  accessMetres: number
}

interface Edges {
  longitudes: Float64Array
  latitudes: Float64Array
  from: Int32Array
  to: Int32Array
}

interface Frame {
  west: number
  south: number
  columns: number
  rows: number
  /** Degrees across and up one square. */
  width: number
  height: number
}

export class EdgeGrid {
  readonly #edges: Edges
  readonly #frame: Frame
  /** The edges of square s are `#listed[#first[s]]` … `#listed[#first[s + 1] - 1]`. */
  readonly #first: Int32Array
  readonly #listed: Int32Array

  private constructor(edges: Edges, frame: Frame, first: Int32Array, listed: Int32Array) {
    this.#edges = edges
    this.#frame = frame
    this.#first = first
    this.#listed = listed
  }

  /** Sorts every edge into all squares its box touches. Yields every thousand edges. */
  static *lay(edges: Edges): Generator<void, EdgeGrid> {
    const frame = frameOf(edges)
    const first = new Int32Array(frame.columns * frame.rows + 1)
    for (let edge = 0; edge < edges.from.length; edge++) {
      visitSquares(edges, frame, edge, (square) => (first[square + 1] as number)++)
      if (edge % STEPS_BETWEEN_YIELDS === 0) yield
    }
    for (let square = 0; square + 1 < first.length; square++) (first[square + 1] as number) += first[square] as number
    const filled = first.slice()
    const listed = new Int32Array(first[first.length - 1] as number)
    for (let edge = 0; edge < edges.from.length; edge++) {
      visitSquares(edges, frame, edge, (square) => {
        listed[(filled[square] as number)++] = edge
      })
      if (edge % STEPS_BETWEEN_YIELDS === 0) yield
    }
    return new EdgeGrid(edges, frame, first, listed)
  }

  /** The nearest edge within `atMostMetres`; null when there is none. Searches growing square rings. */
  nearest(place: LonLat, atMostMetres: number): Snap | null {
    const { west, south, columns, rows, width, height } = this.#frame
    const shrink = Math.cos((place[1] * Math.PI) / 180)
    const column = Math.floor((place[0] - west) / width)
    const row = Math.floor((place[1] - south) / height)
    const ringMetres = METRES_PER_DEGREE * Math.min(width * shrink, height)
    const best: Snap = { edge: -1, fraction: 0, accessMetres: atMostMetres }
    // A place far outside would walk through empty rings first.
    const firstRing = Math.max(0, -column, -row, column - columns + 1, row - rows + 1)
    for (let ring = firstRing; (ring - 1) * ringMetres <= best.accessMetres; ring++) {
      if (ring > columns + rows + firstRing) break
      for (let y = Math.max(0, row - ring); y <= Math.min(rows - 1, row + ring); y++) {
        const step = y === row - ring || y === row + ring || ring === 0 ? 1 : 2 * ring
        for (let x = column - ring; x <= column + ring; x += step)
          if (x >= 0 && x < columns) this.#searchSquare(y * columns + x, place, shrink, best)
      }
    }
    return best.edge === -1 ? null : best
  }

  #searchSquare(square: number, place: LonLat, shrink: number, best: Snap): void {
    for (let at = this.#first[square] as number; at < (this.#first[square + 1] as number); at++)
      this.#compare(this.#listed[at] as number, place, shrink, best)
  }

  /** The plane around the place is flat enough: within a millionth over a street's length. */
  #compare(edge: number, [longitude, latitude]: LonLat, shrink: number, best: Snap): void {
    const { longitudes, latitudes, from, to } = this.#edges
    const [a, b] = [from[edge] as number, to[edge] as number]
    const ax = ((longitudes[a] as number) - longitude) * shrink * METRES_PER_DEGREE
    const ay = ((latitudes[a] as number) - latitude) * METRES_PER_DEGREE
    const dx = ((longitudes[b] as number) - longitude) * shrink * METRES_PER_DEGREE - ax
    const dy = ((latitudes[b] as number) - latitude) * METRES_PER_DEGREE - ay
    const squared = dx * dx + dy * dy
    const fraction = squared === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / squared))
    const accessMetres = Math.hypot(ax + fraction * dx, ay + fraction * dy)
    if (accessMetres > best.accessMetres || (accessMetres === best.accessMetres && best.edge !== -1)) return
    best.edge = edge
    best.fraction = fraction
    best.accessMetres = accessMetres
  }
}

function frameOf({ longitudes, latitudes, from }: Edges): Frame {
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const longitude of longitudes) [west, east] = [Math.min(west, longitude), Math.max(east, longitude)]
  for (const latitude of latitudes) [south, north] = [Math.min(south, latitude), Math.max(north, latitude)]
  const shrink = Math.max(0.01, Math.cos((((south + north) / 2) * Math.PI) / 180))
  const across = (east - west) * shrink * METRES_PER_DEGREE
  const up = (north - south) * METRES_PER_DEGREE
  const most = Math.max(LEAST_SQUARES, SQUARES_PER_EDGE * from.length)
  const side = Math.max(SQUARE_METRES, Math.sqrt((across * up) / most), (across + up) / most)
  return {
    west,
    south,
    columns: Math.floor(across / side) + 1,
    rows: Math.floor(up / side) + 1,
    width: side / METRES_PER_DEGREE / shrink,
    height: side / METRES_PER_DEGREE,
  }
}

function visitSquares(edges: Edges, frame: Frame, edge: number, visit: (square: number) => void): void {
  const { longitudes, latitudes, from, to } = edges
  const { west, south, columns, rows, width, height } = frame
  const [a, b] = [from[edge] as number, to[edge] as number]
  const columnOf = (node: number) => Math.min(columns - 1, Math.floor(((longitudes[node] as number) - west) / width))
  const rowOf = (node: number) => Math.min(rows - 1, Math.floor(((latitudes[node] as number) - south) / height))
  const [x1, x2, y1, y2] = [columnOf(a), columnOf(b), rowOf(a), rowOf(b)]
  for (let y = Math.min(y1, y2); y <= Math.max(y1, y2); y++)
    for (let x = Math.min(x1, x2); x <= Math.max(x1, x2); x++) visit(y * columns + x)
}
