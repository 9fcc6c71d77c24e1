/**
 * Everyone on duty, in memory: one slot a member, a packed record each, and a grid of where they are.
 * Answers "who is nearest" and "who is in this box" without the database. Degrees in and out.
 */
import type { Bounds, LonLat } from '#contract/geo'
import { encodeAccuracy, encodeAge, encodeHeading, personFlags, personLook } from '#contract/position-frame'
import { type Nearest, NearestSearch, type Standing, standing } from './nearest-search.ts'
import { PeopleGrid } from './people-grid.ts'
import {
  ACCURACY,
  ACCURACY_CODE,
  AREA_ORDER,
  FIX_AT,
  FLAGS,
  HANDLE,
  HEADING_CODE,
  LATITUDE,
  LONGITUDE,
  LOOK,
  LOOKED_AT,
  RECORD_BYTES,
  RECORD_DOUBLES,
  RECORD_WORDS,
  STALE_AFTER,
} from './person-record.ts'

/** A box that touches more cells than there are people in this many is answered by reading everybody. */
const PEOPLE_PER_CELL = 4

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

  #area: Bounds
  #grid: PeopleGrid
  #found = new Int32Array(0)

  /** `area` is where people usually are; it sets the size of the grid's cells, people outside it are still found. */
  constructor(area: Bounds, capacity = 1_024) {
    this.#capacity = capacity
    this.#seeRecords(new ArrayBuffer(capacity * RECORD_BYTES))
    this.#area = area
    this.#grid = new PeopleGrid(area, capacity)
  }

  /** Fits the grid to another area; everybody stays. */
  coverArea(area: Bounds): void {
    this.#area = area
    this.#layGrid()
  }

  get size(): number {
    return this.#slots.size
  }

  slotOf(memberId: string): number | undefined {
    return this.#slots.get(memberId)
  }

  /** Adds a person or moves him; the newest call wins. Returns his slot, which stays his until `remove`. */
  put({ memberId, position, fixAt, accuracyMetres, headingDegrees, staleAfterMs, ...person }: LivePerson): number {
    const slot = this.takeSlot(memberId)
    const { handle, areaOrder, flags } = person
    const [longitude, latitude] = position
    this.write(slot, longitude, latitude, fixAt, accuracyMetres, headingDegrees, staleAfterMs, handle, areaOrder, flags)
    return slot
  }

  /** A member's slot, his until `remove`; whoever takes a new one writes it at once. */
  takeSlot(memberId: string): number {
    const known = this.#slots.get(memberId)
    if (known !== undefined) return known
    const slot = this.#free.pop() ?? this.#count++
    if (slot >= this.#capacity) this.#grow()
    this.#slots.set(memberId, slot)
    this.#members[slot] = memberId
    return slot
  }

  /** The fields of LivePerson one by one, for those who come by the thousand. */
  write(
    slot: number,
    longitude: number,
    latitude: number,
    fixAt: number,
    accuracyMetres: number,
    headingDegrees: number | null,
    staleAfterMs: number,
    handle: number,
    areaOrder: number,
    flags: number,
  ): void {
    const words = slot * RECORD_WORDS
    this.#doubles[slot * RECORD_DOUBLES + LONGITUDE] = longitude
    this.#doubles[slot * RECORD_DOUBLES + LATITUDE] = latitude
    this.#doubles[slot * RECORD_DOUBLES + FIX_AT] = fixAt
    this.#doubles[slot * RECORD_DOUBLES + LOOKED_AT] = Number.NaN
    this.#words[words + HANDLE] = handle
    this.#words[words + AREA_ORDER] = areaOrder
    this.#words[words + STALE_AFTER] = staleAfterMs
    // As frames say them: worked out once a fix, and not once a screen a second.
    this.#bytes[slot * RECORD_BYTES + HEADING_CODE] = encodeHeading(headingDegrees)
    // A logarithm; most devices say the same again and again.
    if (this.#floats[words + ACCURACY] !== Math.fround(accuracyMetres) || accuracyMetres === 0) {
      this.#floats[words + ACCURACY] = accuracyMetres
      this.#bytes[slot * RECORD_BYTES + ACCURACY_CODE] = encodeAccuracy(accuracyMetres)
    }
    this.#bytes[slot * RECORD_BYTES + FLAGS] = flags
    this.#grid.put(slot, longitude, latitude)
  }

  /** Forgets a person at once. Returns whether he was there. */
  remove(memberId: string): boolean {
    const slot = this.#slots.get(memberId)
    if (slot === undefined) return false
    this.#grid.remove(slot)
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
    this.#doubles[slot * RECORD_DOUBLES + LOOKED_AT] = Number.NaN
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

  /** His `personLook` in a frame of an instant. */
  lookAt(slot: number, now: number): number {
    const doubles = slot * RECORD_DOUBLES
    if (this.#doubles[doubles + LOOKED_AT] === now) return this.#words[slot * RECORD_WORDS + LOOK] as number
    const ageMs = Math.max(0, now - this.fixAt(slot))
    const stale = ageMs > this.staleAfterAt(slot) ? personFlags.stale : 0
    const bytes = slot * RECORD_BYTES
    const look = personLook(
      this.#bytes[bytes + HEADING_CODE] as number,
      encodeAge(ageMs),
      this.#bytes[bytes + ACCURACY_CODE] as number,
      this.flagsAt(slot) | stale,
    )
    this.#words[slot * RECORD_WORDS + LOOK] = look
    this.#doubles[doubles + LOOKED_AT] = now
    return look
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

  /** The `limit` people whose worst-case distance from a place is least, nearest first; equals go by slot. */
  nearest(place: LonLat, limit: number, now: number, accepts: SlotFilter): Nearest[] {
    return this.search(place, limit, now, (slot) => (accepts(slot) ? standing.ranked : standing.unmentioned)).ranked
  }

  /** The same, and with it those who are left out of the ranking, as `stands` tells. */
  search(place: LonLat, limit: number, now: number, stands: Standing): NearestSearch {
    const search = new NearestSearch(this, place, limit, now, stands)
    this.#grid.lookAround(place, search)
    return search
  }

  /** The slots inside a box, in a buffer that the next question overwrites. */
  within(box: Bounds): Int32Array {
    if (this.#found.length < this.#capacity) this.#found = new Int32Array(this.#capacity)
    const found = this.#found
    // A large part of everybody is found faster by reading memory from end to end than cell by cell.
    if (this.#grid.cellsIn(box) * PEOPLE_PER_CELL <= this.#slots.size)
      return found.subarray(0, this.#grid.within(box, found))
    let count = 0
    for (let slot = 0; slot < this.#count; slot++)
      if (this.#isIn(slot, box) && this.#members[slot] !== null) found[count++] = slot
    return found.subarray(0, count)
  }

  /** Everyone, for counts and for writing to disk. */
  forEach(visit: (slot: number) => void): void {
    for (const slot of this.#slots.values()) visit(slot)
  }

  #isIn(slot: number, [west, south, east, north]: Bounds): boolean {
    const longitude = this.longitudeAt(slot)
    const latitude = this.latitudeAt(slot)
    return longitude >= west && longitude <= east && latitude >= south && latitude <= north
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

  #layGrid(): void {
    this.#grid = new PeopleGrid(this.#area, this.#capacity)
    for (const slot of this.#slots.values()) this.#grid.put(slot, this.longitudeAt(slot), this.latitudeAt(slot))
  }
}
