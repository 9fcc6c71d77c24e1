/**
 * Everyone on duty, in memory: struct of arrays, one slot a member, over a uniform hash grid.
 * Answers "who is nearest" and "who is in this box" without the database. Degrees in and out, metres inside.
 */
import type { Bounds, LonLat } from '#contract/geo'
import { WALKING_METRES_PER_SECOND } from '#contract/positions'

/** Metres in one degree of latitude on the sphere of contract/geo.ts. */
const METRES_PER_DEGREE = (Math.PI / 180) * 6_371_008.8
const RADIANS = Math.PI / 180
/** About this many people share a cell of the grid when they are spread evenly. */
const PEOPLE_PER_CELL = 1
const NONE = -1

/** What one member's slot holds. Lengths in metres, times in milliseconds since the epoch. */
export interface LivePerson {
  memberId: string
  /** What frames call him. */
  handle: number
  position: LonLat
  fixAt: number
  accuracyMetres: number
  headingDegrees: number | null
  staleAfterMs: number
  /** Order of his grid among the areas sorted by path: a subtree is a range of it. */
  areaOrder: number
  flags: number
}

export interface Nearest {
  slot: number
  straightMetres: number
  /** straight + accuracy + age × walking speed. */
  worstMetres: number
}

/** Decides by slot whether a person may be in an answer; must be quick. */
export type SlotFilter = (slot: number) => boolean

export class LiveStore {
  #count = 0
  #capacity: number
  #free: number[] = []
  readonly #slots = new Map<string, number>()
  #members: (string | null)[] = []
  #handles: Uint32Array

  #longitude: Float64Array
  #latitude: Float64Array
  #fixAt: Float64Array
  #accuracy: Float32Array
  #heading: Float32Array
  #staleAfter: Float64Array
  #areaOrder: Uint32Array
  #flags: Uint8Array

  // The grid: buckets of doubly linked slots; a bucket may hold several cells, so each slot knows its own.
  #heads = new Int32Array(0)
  #next: Int32Array
  #previous: Int32Array
  #cellX: Int32Array
  #cellY: Int32Array
  #mask = 0
  #cellMetres = 1
  #origin: LonLat = [0, 0]
  #metresPerLongitude = METRES_PER_DEGREE
  #areaSquareMetres = 1

  /** `area` is where people usually are; it sets the size of the grid's cells, people outside it are still found. */
  constructor(area: Bounds, capacity = 1_024) {
    this.#capacity = capacity
    this.#handles = new Uint32Array(capacity)
    this.#longitude = new Float64Array(capacity)
    this.#latitude = new Float64Array(capacity)
    this.#fixAt = new Float64Array(capacity)
    this.#accuracy = new Float32Array(capacity)
    this.#heading = new Float32Array(capacity)
    this.#staleAfter = new Float64Array(capacity)
    this.#areaOrder = new Uint32Array(capacity)
    this.#flags = new Uint8Array(capacity)
    this.#next = new Int32Array(capacity)
    this.#previous = new Int32Array(capacity)
    this.#cellX = new Int32Array(capacity)
    this.#cellY = new Int32Array(capacity)
    this.coverArea(area)
  }

  /** Fits the grid to another area; everybody stays. */
  coverArea([west, south, east, north]: Bounds): void {
    this.#origin = [west, south]
    this.#metresPerLongitude = METRES_PER_DEGREE * Math.cos(((south + north) / 2) * RADIANS)
    this.#areaSquareMetres = Math.max(1, (east - west) * this.#metresPerLongitude * (north - south) * METRES_PER_DEGREE)
    this.#layGrid()
  }

  get size(): number {
    return this.#slots.size
  }

  slotOf(memberId: string): number | undefined {
    return this.#slots.get(memberId)
  }

  /** Adds a person or moves him; the newest call wins. Returns his slot, which stays his until `remove`. */
  put(person: LivePerson): number {
    const known = this.#slots.get(person.memberId)
    const slot = known ?? this.#takeSlot(person.memberId)
    this.#handles[slot] = person.handle
    this.#longitude[slot] = person.position[0]
    this.#latitude[slot] = person.position[1]
    this.#fixAt[slot] = person.fixAt
    this.#accuracy[slot] = person.accuracyMetres
    this.#heading[slot] = person.headingDegrees ?? Number.NaN
    this.#staleAfter[slot] = person.staleAfterMs
    this.#areaOrder[slot] = person.areaOrder
    this.#flags[slot] = person.flags
    const x = this.#xOf(person.position[0])
    const y = this.#yOf(person.position[1])
    if (known === undefined) this.#link(slot, x, y)
    else if (x !== this.#cellX[slot] || y !== this.#cellY[slot]) {
      this.#unlink(slot)
      this.#link(slot, x, y)
    }
    return slot
  }

  /** Forgets a person at once. Returns whether he was there. */
  remove(memberId: string): boolean {
    const slot = this.#slots.get(memberId)
    if (slot === undefined) return false
    this.#unlink(slot)
    this.#slots.delete(memberId)
    this.#members[slot] = null
    this.#free.push(slot)
    return true
  }

  /** After areas changed: where a person's grid now stands in the order. */
  setAreaOrder(slot: number, areaOrder: number): void {
    this.#areaOrder[slot] = areaOrder
  }

  setFlags(slot: number, flags: number): void {
    this.#flags[slot] = flags
  }

  handleAt = (slot: number): number => this.#handles[slot] ?? 0
  memberAt = (slot: number): string | null => this.#members[slot] ?? null
  longitudeAt = (slot: number): number => this.#longitude[slot] ?? Number.NaN
  latitudeAt = (slot: number): number => this.#latitude[slot] ?? Number.NaN
  fixAt = (slot: number): number => this.#fixAt[slot] ?? Number.NaN
  accuracyAt = (slot: number): number => this.#accuracy[slot] ?? Number.NaN
  /** Degrees, NaN when unknown. */
  headingAt = (slot: number): number => this.#heading[slot] ?? Number.NaN
  staleAfterAt = (slot: number): number => this.#staleAfter[slot] ?? 0
  areaOrderAt = (slot: number): number => this.#areaOrder[slot] ?? 0
  flagsAt = (slot: number): number => this.#flags[slot] ?? 0

  /**
   * The `limit` people whose worst-case distance from a place is least, nearest first; equals go by slot.
   * Cells are searched in growing square rings until none outside can do better.
   */
  nearest(place: LonLat, limit: number, now: number, accepts: SlotFilter): Nearest[] {
    const search = new NearestSearch(place, limit, now)
    const centreX = this.#xOf(place[0])
    const centreY = this.#yOf(place[1])
    let seen = 0
    for (let ring = 0; seen < this.#slots.size; ring++) {
      if (this.#metresToRing(place, centreX, centreY, ring) > search.bound) break
      // Past this the rings hold more empty cells than there are people.
      if (8 * ring > this.#slots.size + 64) return this.#nearestByScan(place, limit, now, accepts)
      seen += this.#searchRing(search, centreX, centreY, ring, accepts)
    }
    return search.best
  }

  /** Calls `visit` for every slot inside a box. */
  within([west, south, east, north]: Bounds, visit: (slot: number) => void): void {
    const inside = (slot: number) => {
      const longitude = this.#longitude[slot] as number
      const latitude = this.#latitude[slot] as number
      if (longitude >= west && longitude <= east && latitude >= south && latitude <= north) visit(slot)
    }
    const [fromX, toX, fromY, toY] = [this.#xOf(west), this.#xOf(east), this.#yOf(south), this.#yOf(north)]
    if ((toX - fromX + 1) * (toY - fromY + 1) > this.#slots.size) {
      for (let slot = 0; slot < this.#count; slot++) if (this.#members[slot] !== null) inside(slot)
      return
    }
    for (let y = fromY; y <= toY; y++) for (let x = fromX; x <= toX; x++) this.#visitCell(x, y, inside)
  }

  /** Everyone, for counts and for writing to disk. */
  forEach(visit: (slot: number) => void): void {
    for (const slot of this.#slots.values()) visit(slot)
  }

  #offer(search: NearestSearch, slot: number, accepts: SlotFilter): void {
    const east = ((this.#longitude[slot] as number) - search.longitude) * search.metresPerLongitude
    const north = ((this.#latitude[slot] as number) - search.latitude) * METRES_PER_DEGREE
    const squared = east * east + north * north
    // Most are farther away by the straight line alone: no need for the root.
    if (squared > search.bound * search.bound) return
    const straightMetres = Math.sqrt(squared)
    const ageSeconds = Math.max(0, search.now - (this.#fixAt[slot] as number)) / 1000
    const worstMetres = straightMetres + (this.#accuracy[slot] as number) + ageSeconds * WALKING_METRES_PER_SECOND
    if (search.admits(worstMetres, slot) && accepts(slot)) search.insert({ slot, straightMetres, worstMetres })
  }

  #nearestByScan(place: LonLat, limit: number, now: number, accepts: SlotFilter): Nearest[] {
    const search = new NearestSearch(place, limit, now)
    for (const slot of this.#slots.values()) this.#offer(search, slot, accepts)
    return search.best
  }

  /** No one in this ring or beyond is nearer than this. A little is taken off for the grid's one flat scale. */
  #metresToRing([longitude, latitude]: LonLat, centreX: number, centreY: number, ring: number): number {
    if (ring === 0) return 0
    const x = (longitude - this.#origin[0]) * this.#metresPerLongitude
    const y = (latitude - this.#origin[1]) * METRES_PER_DEGREE
    const west = x - (centreX - ring + 1) * this.#cellMetres
    const east = (centreX + ring) * this.#cellMetres - x
    const south = y - (centreY - ring + 1) * this.#cellMetres
    const north = (centreY + ring) * this.#cellMetres - y
    return Math.min(Math.min(west, east) * this.#flatness(latitude), Math.min(south, north))
  }

  /** How much shorter a degree of longitude is here than on the grid's flat scale, at most 1. */
  #flatness(latitude: number): number {
    const here = METRES_PER_DEGREE * Math.cos(Math.min(89, Math.abs(latitude) + 1) * RADIANS)
    return Math.min(1, here / this.#metresPerLongitude)
  }

  #searchRing(search: NearestSearch, centreX: number, centreY: number, ring: number, accepts: SlotFilter): number {
    let seen = 0
    for (let y = centreY - ring; y <= centreY + ring; y++) {
      const isEdgeRow = y === centreY - ring || y === centreY + ring
      const step = isEdgeRow ? 1 : 2 * ring
      for (let x = centreX - ring; x <= centreX + ring; x += step) seen += this.#searchCell(search, x, y, accepts)
    }
    return seen
  }

  /** The same walk as `#visitCell`, without a closure: this is the hot path. */
  #searchCell(search: NearestSearch, x: number, y: number, accepts: SlotFilter): number {
    let seen = 0
    for (let slot = this.#heads[this.#bucket(x, y)] as number; slot !== NONE; slot = this.#next[slot] as number) {
      if (this.#cellX[slot] !== x || this.#cellY[slot] !== y) continue
      seen++
      this.#offer(search, slot, accepts)
    }
    return seen
  }

  #visitCell(x: number, y: number, visit: (slot: number) => void): void {
    for (let slot = this.#heads[this.#bucket(x, y)] as number; slot !== NONE; slot = this.#next[slot] as number) {
      if (this.#cellX[slot] === x && this.#cellY[slot] === y) visit(slot)
    }
  }

  #takeSlot(memberId: string): number {
    const slot = this.#free.pop() ?? this.#count++
    if (slot >= this.#capacity) this.#grow()
    this.#slots.set(memberId, slot)
    this.#members[slot] = memberId
    return slot
  }

  #grow(): void {
    this.#capacity *= 2
    const larger = <A extends Float64Array | Float32Array | Uint32Array | Int32Array | Uint8Array>(old: A): A => {
      const copy = new (old.constructor as new (length: number) => A)(this.#capacity)
      copy.set(old)
      return copy
    }
    this.#handles = larger(this.#handles)
    this.#longitude = larger(this.#longitude)
    this.#latitude = larger(this.#latitude)
    this.#fixAt = larger(this.#fixAt)
    this.#accuracy = larger(this.#accuracy)
    this.#heading = larger(this.#heading)
    this.#staleAfter = larger(this.#staleAfter)
    this.#areaOrder = larger(this.#areaOrder)
    this.#flags = larger(this.#flags)
    this.#next = larger(this.#next)
    this.#previous = larger(this.#previous)
    this.#cellX = larger(this.#cellX)
    this.#cellY = larger(this.#cellY)
    this.#layGrid()
  }

  /** Sizes cells and buckets for the capacity and links everyone anew. */
  #layGrid(): void {
    this.#cellMetres = Math.max(10, Math.sqrt((this.#areaSquareMetres * PEOPLE_PER_CELL) / this.#capacity))
    const buckets = 2 ** Math.ceil(Math.log2(this.#capacity))
    this.#mask = buckets - 1
    this.#heads = new Int32Array(buckets).fill(NONE)
    for (const slot of this.#slots.values())
      this.#link(slot, this.#xOf(this.#longitude[slot] as number), this.#yOf(this.#latitude[slot] as number))
  }

  #xOf = (longitude: number): number =>
    Math.floor(((longitude - this.#origin[0]) * this.#metresPerLongitude) / this.#cellMetres)
  #yOf = (latitude: number): number => Math.floor(((latitude - this.#origin[1]) * METRES_PER_DEGREE) / this.#cellMetres)

  #bucket(x: number, y: number): number {
    return (Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)) & this.#mask
  }

  #link(slot: number, x: number, y: number): void {
    const bucket = this.#bucket(x, y)
    const head = this.#heads[bucket] as number
    this.#cellX[slot] = x
    this.#cellY[slot] = y
    this.#next[slot] = head
    this.#previous[slot] = NONE
    if (head !== NONE) this.#previous[head] = slot
    this.#heads[bucket] = slot
  }

  #unlink(slot: number): void {
    const next = this.#next[slot] as number
    const previous = this.#previous[slot] as number
    if (next !== NONE) this.#previous[next] = previous
    if (previous !== NONE) this.#next[previous] = next
    else this.#heads[this.#bucket(this.#cellX[slot] as number, this.#cellY[slot] as number)] = next
  }
}

/** One question in progress: the best so far, and how far the worst of them is. */
class NearestSearch {
  readonly best: Nearest[] = []
  readonly longitude: number
  readonly latitude: number
  readonly metresPerLongitude: number
  readonly limit: number
  readonly now: number
  /** No one farther than this in a straight line can still get in. */
  bound = Number.POSITIVE_INFINITY

  constructor([longitude, latitude]: LonLat, limit: number, now: number) {
    this.longitude = longitude
    this.latitude = latitude
    // Flat around the place asked for: within 0.1 % of the great circle over a city.
    this.metresPerLongitude = METRES_PER_DEGREE * Math.cos(latitude * RADIANS)
    this.limit = limit
    this.now = now
  }

  admits(worstMetres: number, slot: number): boolean {
    const last = this.best[this.limit - 1]
    return last === undefined || comesBefore(worstMetres, slot, last)
  }

  insert(found: Nearest): void {
    const { best, limit } = this
    if (best.length === limit) best.pop()
    let at = best.length
    while (at > 0 && comesBefore(found.worstMetres, found.slot, best[at - 1] as Nearest)) at--
    best.splice(at, 0, found)
    if (best.length === limit) this.bound = (best[limit - 1] as Nearest).worstMetres
  }
}

/** Ties are settled by slot, so that an answer does not depend on the order of the grid. */
const comesBefore = (worstMetres: number, slot: number, other: Nearest) =>
  worstMetres < other.worstMetres || (worstMetres === other.worstMetres && slot < other.slot)
