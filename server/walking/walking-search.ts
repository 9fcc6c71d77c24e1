/**
 * How far it is to walk from one place to many (or from many to one: ways go both ways). Dijkstra's search, which goes
 * on only as far as the questions ask. Exact: the shortest way along the network, plus the straight way to it and from it.
 */
import type { LonLat } from '#contract/geo'
import type { Snap } from './edge-grid.ts'
import { MinHeap } from './min-heap.ts'
import type { WalkingNetwork } from './network.ts'

/** Who is farther than this from any street is not on the network, in metres. */
export const MAX_ACCESS_METRES = 1_000

/** metres: to walk · noWay: on a part of the network without a way to here · offNetwork: far from any street ·
 * beyond: farther than was asked for. */
export type Walk = { metres: number } | 'noWay' | 'offNetwork' | 'beyond'

export class WalkingSearch {
  readonly #network: WalkingNetwork
  readonly #start: Snap
  readonly #reached: Float64Array
  readonly #frontier = new MinHeap()

  private constructor(network: WalkingNetwork, start: Snap) {
    this.#network = network
    this.#start = start
    this.#reached = new Float64Array(network.longitudes.length).fill(Number.POSITIVE_INFINITY)
    const { edge, fraction, accessMetres } = start
    const length = network.metres[edge] as number
    this.#reach(network.from[edge] as number, accessMetres + fraction * length)
    this.#reach(network.to[edge] as number, accessMetres + (1 - fraction) * length)
  }

  /** null when the place is far from any street. */
  static from(network: WalkingNetwork, place: LonLat): WalkingSearch | null {
    const start = network.grid.nearest(place, MAX_ACCESS_METRES)
    return start && new WalkingSearch(network, start)
  }

  /** The way to a place, if it is at most so long. */
  to(place: LonLat, atMostMetres = Number.POSITIVE_INFINITY): Walk {
    const { grid, partOf, from } = this.#network
    const end = grid.nearest(place, MAX_ACCESS_METRES)
    if (!end) return 'offNetwork'
    const partAt = ({ edge }: Snap) => partOf[from[edge] as number]
    if (partAt(end) !== partAt(this.#start)) return 'noWay'
    for (;;) {
      const metres = this.#shortestKnown(end)
      const next = this.#frontier.leastKey
      // Every way not yet found passes the frontier.
      if (next + end.accessMetres >= metres) return metres > atMostMetres ? 'beyond' : { metres }
      if (next + end.accessMetres > atMostMetres) return 'beyond'
      this.#advance()
    }
  }

  #shortestKnown({ edge, fraction, accessMetres }: Snap): number {
    const { from, to, metres } = this.#network
    const length = metres[edge] as number
    const byEnds = Math.min(
      (this.#reached[from[edge] as number] as number) + fraction * length,
      (this.#reached[to[edge] as number] as number) + (1 - fraction) * length,
    )
    const start = this.#start
    const along = edge === start.edge ? start.accessMetres + Math.abs(fraction - start.fraction) * length : byEnds
    return Math.min(byEnds, along) + accessMetres
  }

  #advance(): void {
    const { from, to, metres, firstEdge, edgesOf } = this.#network
    const key = this.#frontier.leastKey
    const node = this.#frontier.pop()
    // A node reached by a shorter way meanwhile has been here before.
    if (node === undefined || key > (this.#reached[node] as number)) return
    for (let at = firstEdge[node] as number; at < (firstEdge[node + 1] as number); at++) {
      const edge = edgesOf[at] as number
      const other = from[edge] === node ? (to[edge] as number) : (from[edge] as number)
      this.#reach(other, key + (metres[edge] as number))
    }
  }

  #reach(node: number, metres: number): void {
    if (metres >= (this.#reached[node] as number)) return
    this.#reached[node] = metres
    this.#frontier.push(metres, node)
  }
}
