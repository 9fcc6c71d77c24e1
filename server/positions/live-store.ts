/**
 * Everyone on duty, in memory: one slot a member, a packed record each, over a uniform hash grid.
 * Answers "who is nearest" and "who is in this box" without the database. Degrees in and out, metres inside.
 */
import type { Bounds, LonLat } from '#contract/geo'
import { encodeAccuracy, encodeHeading } from '#contract/position-frame'
import { WALKING_METRES_PER_SECOND } from '#contract/positions'
import {
  ACCURACY,
  ACCURACY_CODE,
  AREA_ORDER,
  CELL_X,
  CELL_Y,
  FIX_AT,
  FLAGS,
  HANDLE,
  HEADING_CODE,
  LATITUDE,
  LONGITUDE,
  NEXT,
  PREVIOUS,
  RECORD_BYTES,
  RECORD_DOUBLES,
  RECORD_WORDS,
  STALE_AFTER,
} from './person-record.ts'

/** Metres in one degree of latitude on the sphere of contract/geo.ts. */
const METRES_PER_DEGREE = (Math.PI / 180) * 6_371_008.8
const RADIANS = Math.PI / 180
/** More than two squarings and a root can be off by. */
const ROUNDING = 1 + 1e-12
/** About this many people share a cell of the grid when they are spread evenly. */
const PEOPLE_PER_CELL = 4
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

  // The same records, seen as each of their kinds.
  #doubles = new Float64Array(0)
  #words = new Int32Array(0)
  #floats = new Float32Array(0)
  #bytes = new Uint8Array(0)

  // The grid: buckets of doubly linked slots; a bucket may hold several cells, so each slot knows its own.
  #heads = new Int32Array(0)
  #mask = 0
  #cellMetres = 1
  #origin: LonLat = [0, 0]
  #metresPerLongitude = METRES_PER_DEGREE
  #areaSquareMetres = 1
  #found = new Int32Array(0)

  /** `area` is where people usually are; it sets the size of the grid's cells, people outside it are still found. */
  constructor(area: Bounds, capacity = 1_024) {
    this.#capacity = capacity
    this.#seeRecords(new ArrayBuffer(capacity * RECORD_BYTES))
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
    const words = slot * RECORD_WORDS
    this.#doubles[slot * RECORD_DOUBLES + LONGITUDE] = person.position[0]
    this.#doubles[slot * RECORD_DOUBLES + LATITUDE] = person.position[1]
    this.#doubles[slot * RECORD_DOUBLES + FIX_AT] = person.fixAt
    this.#words[words + HANDLE] = person.handle
    this.#words[words + AREA_ORDER] = person.areaOrder
    this.#words[words + STALE_AFTER] = person.staleAfterMs
    this.#floats[words + ACCURACY] = person.accuracyMetres
    // As frames say them: worked out once a fix, and not once a screen a second.
    this.#bytes[slot * RECORD_BYTES + HEADING_CODE] = encodeHeading(person.headingDegrees)
    this.#bytes[slot * RECORD_BYTES + ACCURACY_CODE] = encodeAccuracy(person.accuracyMetres)
    this.#bytes[slot * RECORD_BYTES + FLAGS] = person.flags
    const x = this.#xOf(person.position[0])
    const y = this.#yOf(person.position[1])
    if (known === undefined) this.#link(slot, x, y)
    else if (x !== this.#words[words + CELL_X] || y !== this.#words[words + CELL_Y]) {
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
    this.#words[slot * RECORD_WORDS + AREA_ORDER] = areaOrder
  }

  setFlags(slot: number, flags: number): void {
    this.#bytes[slot * RECORD_BYTES + FLAGS] = flags
  }

  handleAt(slot: number): number {
    return this.#words[slot * RECORD_WORDS + HANDLE] ?? 0
  }

  memberAt(slot: number): string | null {
    return this.#members[slot] ?? null
  }

  longitudeAt(slot: number): number {
    return this.#doubles[slot * RECORD_DOUBLES + LONGITUDE] ?? Number.NaN
  }

  latitudeAt(slot: number): number {
    return this.#doubles[slot * RECORD_DOUBLES + LATITUDE] ?? Number.NaN
  }

  fixAt(slot: number): number {
    return this.#doubles[slot * RECORD_DOUBLES + FIX_AT] ?? Number.NaN
  }

  accuracyAt(slot: number): number {
    return this.#floats[slot * RECORD_WORDS + ACCURACY] ?? Number.NaN
  }

  /** `encodeHeading` and `encodeAccuracy` of contract/position-frame.ts. */
  headingCodeAt(slot: number): number {
    return this.#bytes[slot * RECORD_BYTES + HEADING_CODE] ?? 255
  }

  accuracyCodeAt(slot: number): number {
    return this.#bytes[slot * RECORD_BYTES + ACCURACY_CODE] ?? 255
  }

  staleAfterAt(slot: number): number {
    return this.#words[slot * RECORD_WORDS + STALE_AFTER] ?? 0
  }

  areaOrderAt(slot: number): number {
    return this.#words[slot * RECORD_WORDS + AREA_ORDER] ?? 0
  }

  flagsAt(slot: number): number {
    return this.#bytes[slot * RECORD_BYTES + FLAGS] ?? 0
  }

  /**
   * The `limit` people whose worst-case distance from a place is least, nearest first; equals go by slot.
   * Cells are searched in growing square rings until none outside can do better. `withinMetres` leaves out those
   * who are farther in a straight line: looking for people of whom there are few would visit everybody else.
   */
  nearest(
    place: LonLat,
    limit: number,
    now: number,
    accepts: SlotFilter,
    withinMetres = Number.POSITIVE_INFINITY,
  ): Nearest[] {
    const search = new NearestSearch(place, limit, now, withinMetres)
    const centreX = this.#xOf(place[0])
    const centreY = this.#yOf(place[1])
    let seen = 0
    for (let ring = 0; seen < this.#slots.size; ring++) {
      if (this.#metresToRing(place, centreX, centreY, ring) > search.bound) break
      // Past this the rings hold more empty cells than there are people.
      if (8 * ring > this.#slots.size + 64)
        return this.#nearestByScan(new NearestSearch(place, limit, now, withinMetres), accepts)
      seen += this.#searchRing(search, centreX, centreY, ring, accepts)
    }
    return search.best
  }

  /** The slots inside a box, in a buffer that the next question overwrites. */
  within(box: Bounds): Int32Array {
    const [west, south, east, north] = box
    if (this.#found.length < this.#capacity) this.#found = new Int32Array(this.#capacity)
    const [fromX, toX, fromY, toY] = [this.#xOf(west), this.#xOf(east), this.#yOf(south), this.#yOf(north)]
    let count = 0
    // A large part of everybody is found faster by reading memory from end to end than cell by cell.
    if ((toX - fromX + 1) * (toY - fromY + 1) * PEOPLE_PER_CELL > this.#slots.size) {
      for (let slot = 0; slot < this.#count; slot++)
        if (this.#isIn(slot, box) && this.#members[slot] !== null) this.#found[count++] = slot
    } else {
      for (let y = fromY; y <= toY; y++) for (let x = fromX; x <= toX; x++) count = this.#gatherCell(x, y, box, count)
    }
    return this.#found.subarray(0, count)
  }

  /** Everyone, for counts and for writing to disk. */
  forEach(visit: (slot: number) => void): void {
    for (const slot of this.#slots.values()) visit(slot)
  }

  #offer(search: NearestSearch, slot: number, accepts: SlotFilter): void {
    const east = (this.longitudeAt(slot) - search.longitude) * search.metresPerLongitude
    const north = (this.latitudeAt(slot) - search.latitude) * METRES_PER_DEGREE
    const squared = east * east + north * north
    // Most are farther away by the straight line alone: no need for the root. Squares round; who is just as far gets in.
    if (squared > search.bound * search.bound * ROUNDING) return
    const straightMetres = Math.sqrt(squared)
    if (straightMetres > search.bound) return
    const ageSeconds = Math.max(0, search.now - this.fixAt(slot)) / 1000
    const worstMetres = straightMetres + this.accuracyAt(slot) + ageSeconds * WALKING_METRES_PER_SECOND
    if (search.admits(worstMetres, slot) && accepts(slot)) search.insert({ slot, straightMetres, worstMetres })
  }

  #nearestByScan(search: NearestSearch, accepts: SlotFilter): Nearest[] {
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

  #searchCell(search: NearestSearch, x: number, y: number, accepts: SlotFilter): number {
    let seen = 0
    for (
      let slot = this.#heads[this.#bucket(x, y)] as number;
      slot !== NONE;
      slot = this.#words[slot * RECORD_WORDS + NEXT] as number
    ) {
      if (!this.#isOfCell(slot, x, y)) continue
      seen++
      this.#offer(search, slot, accepts)
    }
    return seen
  }

  /** Puts a cell's slots that are in the box behind the `count` found so far; returns how many there are then. */
  #gatherCell(x: number, y: number, box: Bounds, count: number): number {
    let found = count
    for (
      let slot = this.#heads[this.#bucket(x, y)] as number;
      slot !== NONE;
      slot = this.#words[slot * RECORD_WORDS + NEXT] as number
    ) {
      if (this.#isOfCell(slot, x, y) && this.#isIn(slot, box)) this.#found[found++] = slot
    }
    return found
  }

  #isOfCell(slot: number, x: number, y: number): boolean {
    return this.#words[slot * RECORD_WORDS + CELL_X] === x && this.#words[slot * RECORD_WORDS + CELL_Y] === y
  }

  #isIn(slot: number, [west, south, east, north]: Bounds): boolean {
    const longitude = this.longitudeAt(slot)
    const latitude = this.latitudeAt(slot)
    return longitude >= west && longitude <= east && latitude >= south && latitude <= north
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
    const records = new ArrayBuffer(this.#capacity * RECORD_BYTES)
    new Uint8Array(records).set(this.#bytes)
    this.#seeRecords(records)
    this.#layGrid()
  }

  #seeRecords(records: ArrayBuffer): void {
    this.#doubles = new Float64Array(records)
    this.#words = new Int32Array(records)
    this.#floats = new Float32Array(records)
    this.#bytes = new Uint8Array(records)
  }

  /** Sizes cells and buckets for the capacity and links everyone anew. */
  #layGrid(): void {
    this.#cellMetres = Math.max(10, Math.sqrt((this.#areaSquareMetres * PEOPLE_PER_CELL) / this.#capacity))
    const buckets = 2 ** Math.ceil(Math.log2(this.#capacity))
    this.#mask = buckets - 1
    this.#heads = new Int32Array(buckets).fill(NONE)
    for (const slot of this.#slots.values())
      this.#link(slot, this.#xOf(this.longitudeAt(slot)), this.#yOf(this.latitudeAt(slot)))
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
    this.#words[slot * RECORD_WORDS + CELL_X] = x
    this.#words[slot * RECORD_WORDS + CELL_Y] = y
    this.#words[slot * RECORD_WORDS + NEXT] = head
    this.#words[slot * RECORD_WORDS + PREVIOUS] = NONE
    if (head !== NONE) this.#words[head * RECORD_WORDS + PREVIOUS] = slot
    this.#heads[bucket] = slot
  }

  #unlink(slot: number): void {
    const words = slot * RECORD_WORDS
    const next = this.#words[words + NEXT] as number
    const previous = this.#words[words + PREVIOUS] as number
    if (next !== NONE) this.#words[next * RECORD_WORDS + PREVIOUS] = previous
    if (previous !== NONE) this.#words[previous * RECORD_WORDS + NEXT] = next
    else this.#heads[this.#bucket(this.#words[words + CELL_X] as number, this.#words[words + CELL_Y] as number)] = next
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
  bound: number

  constructor([longitude, latitude]: LonLat, limit: number, now: number, withinMetres: number) {
    this.longitude = longitude
    this.latitude = latitude
    // Flat around the place asked for: within 0.1 % of the great circle over a city.
    this.metresPerLongitude = METRES_PER_DEGREE * Math.cos(latitude * RADIANS)
    this.limit = limit
    this.now = now
    this.bound = withinMetres
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
    if (best.length === limit) this.bound = Math.min(this.bound, (best[limit - 1] as Nearest).worstMetres)
  }
}

/** Ties are settled by slot, so that an answer does not depend on the order of the grid. */
const comesBefore = (worstMetres: number, slot: number, other: Nearest) =>
  worstMetres < other.worstMetres || (worstMetres === other.worstMetres && slot < other.slot)
