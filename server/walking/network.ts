/**
 * Streets and footways as a graph. Lines join where they share a vertex, as OpenStreetMap means it: a bridge joins both
 * banks because its ends are vertices of the streets there, and joins nothing of what it passes over.
 * Pure. Places are [longitude, latitude], WGS-84; lengths in metres.
 */
import { distanceMetres, type LonLat } from '#contract/geo'
import { EdgeGrid } from './edge-grid.ts'

export interface WalkingNetwork {
  longitudes: Float64Array
  latitudes: Float64Array
  /** Edge e goes from node `from[e]` to node `to[e]` and back. */
  from: Int32Array
  to: Int32Array
  metres: Float64Array
  /** The edges at node n are `edgesOf[firstEdge[n]]` … `edgesOf[firstEdge[n + 1] - 1]`. */
  firstEdge: Int32Array
  edgesOf: Int32Array
  /** The connected part each node belongs to: there is no way from one part to another. */
  partOf: Int32Array
  grid: EdgeGrid
}

export type Line = readonly LonLat[]

/** Vertices nearer than this are one: a tenth of a metre, in degrees. */
const GRAIN = 1e-6
/** A smaller part is an inner courtyard or a gap in the data: whoever stands there is taken to the streets around it. */
export const LEAST_PART = 50
const STEPS_BETWEEN_YIELDS = 1_000

/** null when no part is large enough. Yields every thousand steps. */
export function* buildNetwork(lines: readonly Line[]): Generator<void, WalkingNetwork | null> {
  const joined = yield* joinLines(lines)
  const kept = yield* keepLargeParts(joined)
  if (kept.from.length === 0) return null
  return yield* layOut(kept)
}

interface Graph {
  places: LonLat[]
  from: number[]
  to: number[]
}

function* joinLines(lines: readonly Line[]): Generator<void, Graph> {
  const ids = new Map<string, number>()
  const graph: Graph = { places: [], from: [], to: [] }
  const known = new Set<number>()
  const nodeAt = (place: LonLat): number => {
    const key = `${Math.round(place[0] / GRAIN)},${Math.round(place[1] / GRAIN)}`
    const id = ids.get(key)
    if (id !== undefined) return id
    ids.set(key, graph.places.length)
    return graph.places.push(place) - 1
  }
  let steps = 0
  for (const line of lines) {
    let before: number | null = null
    for (const place of line) {
      const node = nodeAt(place)
      if (before !== null && before !== node) addEdge(graph, known, before, node)
      before = node
      if (++steps % STEPS_BETWEEN_YIELDS === 0) yield
    }
  }
  return graph
}

/** Two lines may run over the same stretch; it is one edge. */
function addEdge(graph: Graph, known: Set<number>, a: number, b: number): void {
  const key = Math.min(a, b) * 2 ** 26 + Math.max(a, b)
  if (known.has(key)) return
  known.add(key)
  graph.from.push(a)
  graph.to.push(b)
}

interface Parts extends Graph {
  part: number[]
}

function* keepLargeParts({ places, from, to }: Graph): Generator<void, Parts> {
  const roots = Int32Array.from(places, (_, node) => node)
  const rootOf = (node: number): number => {
    let at = node
    while (roots[at] !== at) {
      roots[at] = roots[roots[at] as number] as number
      at = roots[at] as number
    }
    return at
  }
  for (let edge = 0; edge < from.length; edge++) {
    roots[rootOf(from[edge] as number)] = rootOf(to[edge] as number)
    if (edge % STEPS_BETWEEN_YIELDS === 0) yield
  }
  const sizes = new Int32Array(places.length)
  for (let node = 0; node < places.length; node++) (sizes[rootOf(node)] as number)++
  const kept: Parts = { places: [], from: [], to: [], part: [] }
  const renumbered = new Int32Array(places.length).fill(-1)
  for (const [node, place] of places.entries()) {
    const root = rootOf(node)
    if ((sizes[root] as number) < LEAST_PART) continue
    kept.part.push(root)
    renumbered[node] = kept.places.push(place) - 1
    if (node % STEPS_BETWEEN_YIELDS === 0) yield
  }
  for (const [edge, node] of from.entries()) {
    if (renumbered[node] === -1) continue
    kept.from.push(renumbered[node] as number)
    kept.to.push(renumbered[to[edge] as number] as number)
  }
  return kept
}

function* layOut({ places, part, ...ends }: Parts): Generator<void, WalkingNetwork> {
  const from = Int32Array.from(ends.from)
  const to = Int32Array.from(ends.to)
  const metres = new Float64Array(from.length)
  const firstEdge = new Int32Array(places.length + 1)
  for (let edge = 0; edge < from.length; edge++) {
    const [a, b] = [from[edge] as number, to[edge] as number]
    metres[edge] = distanceMetres(places[a] as LonLat, places[b] as LonLat)
    for (const node of [a, b]) (firstEdge[node + 1] as number)++
    if (edge % STEPS_BETWEEN_YIELDS === 0) yield
  }
  for (let node = 0; node < places.length; node++) (firstEdge[node + 1] as number) += firstEdge[node] as number
  const filled = firstEdge.slice()
  const edgesOf = new Int32Array(2 * from.length)
  for (let edge = 0; edge < from.length; edge++)
    for (const node of [from[edge] as number, to[edge] as number]) edgesOf[(filled[node] as number)++] = edge
  yield
  const longitudes = Float64Array.from(places, ([longitude]) => longitude)
  const latitudes = Float64Array.from(places, ([, latitude]) => latitude)
  const grid = yield* EdgeGrid.lay({ longitudes, latitudes, from, to })
  return { longitudes, latitudes, from, to, metres, firstEdge, edgesOf, partOf: Int32Array.from(part), grid }
}
