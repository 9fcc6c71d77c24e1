/** One simulated member on the road network: walks, pauses, turns back towards home, now and then loses signal. Pure. */
import { distanceMetres, type LonLat } from '#contract/geo'
import type { Random } from './random.ts'
import { nearestNode, type RoadGraph } from './road-graph.ts'

export interface WalkerFix {
  position: LonLat
  accuracyMetres: number
  speedMetresPerSecond: number
  headingDegrees: number
}

const METRES_PER_DEGREE = 111_195
const WALK = [0.8, 1.6] as const
const RIDE = [4, 6] as const
const RIDERS = 0.12
/** Farther from home than this a walker chooses the way that leads nearer, in metres. */
const GRID_RADIUS = 450
const PATROL_RADIUS = 1_500
const PATROLS = 0.2
const PAUSE_PER_NODE = 0.03
const PAUSE_SECONDS = [10, 180] as const
/** Chances a second. */
const LOSES_SIGNAL = 1 / 5_400
const LOST_SECONDS = [60, 420] as const

export class Walker {
  readonly #graph: RoadGraph
  readonly #random: Random
  readonly #home: LonLat
  readonly #radius: number
  readonly #speed: number
  readonly #accuracy: number
  #from: number
  #to: number
  #along = 0
  #pause = 0
  #lost = 0

  constructor(graph: RoadGraph, random: Random, home: LonLat) {
    this.#graph = graph
    this.#random = random
    this.#home = home
    this.#radius = random.chance(PATROLS) ? PATROL_RADIUS : GRID_RADIUS
    this.#speed = random.chance(RIDERS) ? random.between(...RIDE) : random.between(...WALK)
    this.#accuracy = random.between(4, 14)
    this.#from = nearestNode(graph, scatter(home, GRID_RADIUS / 2, random))
    this.#to = this.#choose(this.#from, this.#from)
  }

  /** Lets so many seconds pass. */
  step(seconds: number): void {
    if (this.#lost > 0) this.#lost -= seconds
    else if (this.#random.chance(LOSES_SIGNAL * seconds)) this.#lost = this.#random.between(...LOST_SECONDS)
    if (this.#pause > 0) {
      this.#pause -= seconds
      return
    }
    let left = this.#speed * seconds
    while (left > 0 && this.#pause <= 0) left = this.#advance(left)
  }

  /** Where he seems to be, or null while the phone has no signal. */
  fix(): WalkerFix | null {
    if (this.#lost > 0) return null
    const [from, to] = [this.#place(this.#from), this.#place(this.#to)]
    const share = this.#along / Math.max(0.1, distanceMetres(from, to))
    const exact: LonLat = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
    return {
      position: scatter(exact, this.#accuracy / 3, this.#random),
      accuracyMetres: Math.round(this.#accuracy),
      speedMetresPerSecond: this.#pause > 0 ? 0 : this.#speed,
      headingDegrees: bearing(from, to),
    }
  }

  /** Walks along the edge; returns the metres left when its end was reached. */
  #advance(metres: number): number {
    const length = distanceMetres(this.#place(this.#from), this.#place(this.#to))
    const rest = length - this.#along
    if (metres < rest) {
      this.#along += metres
      return 0
    }
    const next = this.#choose(this.#to, this.#from)
    this.#from = this.#to
    this.#to = next
    this.#along = 0
    if (this.#random.chance(PAUSE_PER_NODE)) this.#pause = this.#random.between(...PAUSE_SECONDS)
    // A dead end of no length must not hold the walker for ever.
    return next === this.#from ? 0 : metres - rest
  }

  #choose(at: number, from: number): number {
    const ways = this.#graph.neighbours[at] ?? []
    const onward = ways.filter((way) => way !== from)
    const choices = onward.length > 0 ? onward : ways
    if (distanceMetres(this.#place(at), this.#home) <= this.#radius) return this.#random.pick(choices) ?? at
    const away = (node: number) => distanceMetres(this.#place(node), this.#home)
    return choices.toSorted((a, b) => away(a) - away(b))[0] ?? at
  }

  #place(node: number): LonLat {
    return this.#graph.nodes[node] ?? this.#home
  }
}

/** A place some metres off, in a random direction. */
function scatter([longitude, latitude]: LonLat, metres: number, random: Random): LonLat {
  const east = (random.normal() * metres) / (METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180))
  return [longitude + east, latitude + (random.normal() * metres) / METRES_PER_DEGREE]
}

/** Degrees clockwise from north, on a flat map around the two places. */
function bearing([lonA, latA]: LonLat, [lonB, latB]: LonLat): number {
  const east = (lonB - lonA) * Math.cos((latA * Math.PI) / 180)
  return ((Math.atan2(east, latB - latA) * 180) / Math.PI + 360) % 360
}
