/**
 * Slots by where they are: equal cells over an area, each a chain of pages. A page is 128 bytes, two lines of a cache,
 * and holds the coordinates themselves: those near each other on the map lie side by side in memory, and whoever is too
 * far away is passed over without a look at his record. Degrees in and out, metres inside.
 */
import type { Bounds, LonLat } from '#contract/geo'

/** Metres in one degree of latitude on the sphere of contract/geo.ts. */
export const METRES_PER_DEGREE = (Math.PI / 180) * 6_371_008.8
export const RADIANS = Math.PI / 180

/** About this many people share a cell when they are spread evenly. */
const PEOPLE_PER_CELL = 4
const SMALLEST_CELL_METRES = 10
const NONE = -1

// A page as words: how many it holds, the next page of its cell, their slots. Then their coordinates as doubles.
const PAGE_WORDS = 32
const PAGE_DOUBLES = PAGE_WORDS / 2
const PAGE_HOLDS = 6
const NEXT = 1
const SLOTS = 2
const PLACES = 4

/** Someone who looks at people from near to far. */
export interface Looker {
  /** In metres: nobody farther than this in a straight line interests him any more. */
  readonly bound: number
  look(slot: number, longitude: number, latitude: number): void
}

export class PeopleGrid {
  readonly #west: number
  readonly #south: number
  readonly #metresPerLongitude: number
  readonly #cellMetres: number
  readonly #columns: number
  readonly #rows: number
  readonly #heads: Int32Array
  /** Which place of which page is a slot's: page × PAGE_HOLDS + place. */
  readonly #addresses: Int32Array
  #words = new Int32Array(0)
  #doubles = new Float64Array(0)
  #pages = 0
  #freePage = NONE

  /** For slots below `capacity`. People outside the area lie in the cells of its edge, which reach on without end. */
  constructor([west, south, east, north]: Bounds, capacity: number) {
    this.#west = west
    this.#south = south
    this.#metresPerLongitude = METRES_PER_DEGREE * Math.cos(((south + north) / 2) * RADIANS)
    const width = Math.max(1, (east - west) * this.#metresPerLongitude)
    const height = Math.max(1, (north - south) * METRES_PER_DEGREE)
    const even = Math.sqrt((width * height * PEOPLE_PER_CELL) / capacity)
    // However long and thin an area is, its rows and columns are never more than people.
    this.#cellMetres = Math.max(SMALLEST_CELL_METRES, even, width / capacity, height / capacity)
    this.#columns = Math.ceil(width / this.#cellMetres)
    this.#rows = Math.ceil(height / this.#cellMetres)
    this.#heads = new Int32Array(this.#columns * this.#rows).fill(NONE)
    this.#addresses = new Int32Array(capacity).fill(NONE)
    this.#seePages(new ArrayBuffer((16 + Math.ceil(capacity / PAGE_HOLDS)) * PAGE_WORDS * 4))
  }

  /** Adds a slot or moves it. */
  put(slot: number, longitude: number, latitude: number): void {
    const cell = this.#cellOf(longitude, latitude)
    let address = this.#addresses[slot] as number
    if (address !== NONE && this.#cellAt(address) !== cell) {
      this.remove(slot)
      address = NONE
    }
    if (address === NONE) address = this.#takePlace(slot, cell)
    const at = placeAt(address)
    this.#doubles[at] = longitude
    this.#doubles[at + 1] = latitude
  }

  /** The last one of the cell's first page moves into the gap, so that only first pages are ever part full. */
  remove(slot: number): void {
    const address = this.#addresses[slot] as number
    if (address === NONE) return
    const cell = this.#cellAt(address)
    const head = this.#heads[cell] as number
    const last = head * PAGE_HOLDS + (this.#words[head * PAGE_WORDS] as number) - 1
    if (last !== address) {
      const moved = this.#words[slotAt(last)] as number
      this.#words[slotAt(address)] = moved
      this.#doubles[placeAt(address)] = this.#doubles[placeAt(last)] as number
      this.#doubles[placeAt(address) + 1] = this.#doubles[placeAt(last) + 1] as number
      this.#addresses[moved] = address
    }
    this.#addresses[slot] = NONE
    const left = (this.#words[head * PAGE_WORDS] as number) - 1
    this.#words[head * PAGE_WORDS] = left
    if (left > 0) return
    this.#heads[cell] = this.#words[head * PAGE_WORDS + NEXT] as number
    this.#words[head * PAGE_WORDS + NEXT] = this.#freePage
    this.#freePage = head
  }

  /** How many cells a box touches. */
  cellsIn([west, south, east, north]: Bounds): number {
    return (this.#column(east) - this.#column(west) + 1) * (this.#row(north) - this.#row(south) + 1)
  }

  /** Puts the slots inside a box into `found`, which is long enough for everybody; returns how many they are. */
  within([west, south, east, north]: Bounds, found: Int32Array): number {
    const [fromColumn, toColumn, fromRow, toRow] = [
      this.#column(west),
      this.#column(east),
      this.#row(south),
      this.#row(north),
    ]
    const words = this.#words
    const doubles = this.#doubles
    let count = 0
    for (let row = fromRow; row <= toRow; row++) {
      for (let cell = row * this.#columns + fromColumn; cell <= row * this.#columns + toColumn; cell++) {
        let page = this.#heads[cell] as number
        while (page !== NONE) {
          const held = words[page * PAGE_WORDS] as number
          for (let place = 0; place < held; place++) {
            const longitude = doubles[page * PAGE_DOUBLES + PLACES + 2 * place] as number
            const latitude = doubles[page * PAGE_DOUBLES + PLACES + 2 * place + 1] as number
            if (longitude >= west && longitude <= east && latitude >= south && latitude <= north)
              found[count++] = words[page * PAGE_WORDS + SLOTS + place] as number
          }
          page = words[page * PAGE_WORDS + NEXT] as number
        }
      }
    }
    return count
  }

  /** Shows people in growing square rings of cells around a place, until none outside can be within the bound. */
  lookAround(place: LonLat, looker: Looker): void {
    const column = this.#column(place[0])
    const row = this.#row(place[1])
    const flatness = this.#flatness(place[1])
    for (let ring = 0; ; ring++) {
      this.#lookAtRing(column, row, ring, looker)
      const past = this.#metresPastRing(place, column, row, ring, flatness)
      if (past > looker.bound || past === Number.POSITIVE_INFINITY) return
    }
  }

  #lookAtRing(column: number, row: number, ring: number, looker: Looker): void {
    const fromColumn = Math.max(0, column - ring)
    const toColumn = Math.min(this.#columns - 1, column + ring)
    const toRow = Math.min(this.#rows - 1, row + ring)
    for (let y = Math.max(0, row - ring); y <= toRow; y++) {
      const start = y * this.#columns
      if (y === row - ring || y === row + ring)
        for (let x = fromColumn; x <= toColumn; x++) this.#lookAtCell(start + x, looker)
      else {
        if (column - ring >= 0) this.#lookAtCell(start + column - ring, looker)
        if (column + ring < this.#columns) this.#lookAtCell(start + column + ring, looker)
      }
    }
  }

  #lookAtCell(cell: number, looker: Looker): void {
    const words = this.#words
    const doubles = this.#doubles
    let page = this.#heads[cell] as number
    while (page !== NONE) {
      const held = words[page * PAGE_WORDS] as number
      for (let place = 0; place < held; place++) {
        const at = page * PAGE_DOUBLES + PLACES + 2 * place
        looker.look(
          words[page * PAGE_WORDS + SLOTS + place] as number,
          doubles[at] as number,
          doubles[at + 1] as number,
        )
      }
      page = words[page * PAGE_WORDS + NEXT] as number
    }
  }

  /** Nobody outside this ring is nearer than this; infinite when the ring holds the whole grid. */
  #metresPastRing([longitude, latitude]: LonLat, column: number, row: number, ring: number, flatness: number): number {
    const x = (longitude - this.#west) * this.#metresPerLongitude
    const y = (latitude - this.#south) * METRES_PER_DEGREE
    const west = column - ring <= 0 ? Number.POSITIVE_INFINITY : x - (column - ring) * this.#cellMetres
    const east =
      column + ring >= this.#columns - 1 ? Number.POSITIVE_INFINITY : (column + ring + 1) * this.#cellMetres - x
    const south = row - ring <= 0 ? Number.POSITIVE_INFINITY : y - (row - ring) * this.#cellMetres
    const north = row + ring >= this.#rows - 1 ? Number.POSITIVE_INFINITY : (row + ring + 1) * this.#cellMetres - y
    return Math.min(Math.min(west, east) * flatness, south, north)
  }

  /** How much shorter a degree of longitude is here than on the grid's one flat scale, at most 1. */
  #flatness(latitude: number): number {
    const here = METRES_PER_DEGREE * Math.cos(Math.min(89, Math.abs(latitude) + 1) * RADIANS)
    return Math.min(1, here / this.#metresPerLongitude)
  }

  #column(longitude: number): number {
    const column = Math.floor(((longitude - this.#west) * this.#metresPerLongitude) / this.#cellMetres)
    return column <= 0 ? 0 : column >= this.#columns ? this.#columns - 1 : column
  }

  #row(latitude: number): number {
    const row = Math.floor(((latitude - this.#south) * METRES_PER_DEGREE) / this.#cellMetres)
    return row <= 0 ? 0 : row >= this.#rows ? this.#rows - 1 : row
  }

  #cellOf(longitude: number, latitude: number): number {
    return this.#row(latitude) * this.#columns + this.#column(longitude)
  }

  #cellAt(address: number): number {
    const at = placeAt(address)
    return this.#cellOf(this.#doubles[at] as number, this.#doubles[at + 1] as number)
  }

  /** A free place in a cell for a slot; its coordinates are still to be written. */
  #takePlace(slot: number, cell: number): number {
    let page = this.#heads[cell] as number
    if (page === NONE || this.#words[page * PAGE_WORDS] === PAGE_HOLDS) {
      const full = page
      page = this.#takePage()
      this.#words[page * PAGE_WORDS] = 0
      this.#words[page * PAGE_WORDS + NEXT] = full
      this.#heads[cell] = page
    }
    const address = page * PAGE_HOLDS + (this.#words[page * PAGE_WORDS] as number)
    this.#words[page * PAGE_WORDS] = (this.#words[page * PAGE_WORDS] as number) + 1
    this.#words[slotAt(address)] = slot
    this.#addresses[slot] = address
    return address
  }

  #takePage(): number {
    const free = this.#freePage
    if (free !== NONE) {
      this.#freePage = this.#words[free * PAGE_WORDS + NEXT] as number
      return free
    }
    if ((this.#pages + 1) * PAGE_WORDS > this.#words.length) {
      const larger = new ArrayBuffer(this.#words.byteLength * 2)
      new Int32Array(larger).set(this.#words)
      this.#seePages(larger)
    }
    return this.#pages++
  }

  #seePages(pages: ArrayBuffer): void {
    this.#words = new Int32Array(pages)
    this.#doubles = new Float64Array(pages)
  }
}

// Where the parts of an address lie; whole numbers below 2³¹.
const slotAt = (address: number) => ((address / PAGE_HOLDS) | 0) * PAGE_WORDS + SLOTS + (address % PAGE_HOLDS)
const placeAt = (address: number) => ((address / PAGE_HOLDS) | 0) * PAGE_DOUBLES + PLACES + 2 * (address % PAGE_HOLDS)
