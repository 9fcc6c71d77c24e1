/**
 * The binary frame that shows one screen its people once a second. Little-endian.
 *
 *   header, 36 bytes: version u8 · kind u8 (1 people, 2 cell counts) · 2 spare · count u32 · server time f64 (ms)
 *                     · west f32·south f32·east f32·north f32 → as int32 ×1e7 · spare u32
 *   people, 12 bytes each: handle u32 · x u16 · y u16 (fractions of the frame's box) · heading u8 · age u8
 *                          · accuracy u8 · flags u8
 *   cells, 8 bytes each: x u16 · y u16 (middle of the cell) · people u16 · stale u16
 *
 * A handle stands for a member while he is on duty; facts tell which. Everything is rounded: a frame is for looking at.
 */
import type { Bounds, LonLat } from './geo.ts'

export const FRAME_VERSION = 1
export const HEADER_BYTES = 36
export const PERSON_BYTES = 12
export const CELL_BYTES = 8
const KIND_PEOPLE = 1
const KIND_CELLS = 2
const STEPS = 65_535

export const personFlags = { stale: 1, suspect: 2, inCall: 4, gridLeader: 8, partyMember: 16 } as const

/** Seconds up to 2 minutes, then minutes up to 4 hours; 255 = older. */
export function encodeAge(ageMs: number): number {
  const seconds = Math.max(0, Math.round(ageMs / 1000))
  if (seconds <= 120) return seconds
  const minutes = Math.round(seconds / 60)
  return minutes <= 136 ? 118 + minutes : 255
}

/** The age in milliseconds that `encodeAge` stood for; null = older than it can tell. */
export function decodeAge(code: number): number | null {
  if (code <= 120) return code * 1000
  return code === 255 ? null : (code - 118) * 60_000
}

/** Metres on a scale of 5 % steps from 1 m to 250 km; 255 = unknown. */
export function encodeAccuracy(metres: number | null): number {
  if (metres === null) return 255
  return Math.min(254, Math.round(Math.log(Math.max(1, metres)) / ACCURACY_STEP))
}

/** Metres, or null for unknown. */
export const decodeAccuracy = (code: number) => (code === 255 ? null : Math.exp(code * ACCURACY_STEP))
const ACCURACY_STEP = Math.log(1.05)

/** Degrees clockwise from north in 254 steps; 255 = unknown. */
export const encodeHeading = (degrees: number | null) =>
  degrees === null ? 255 : Math.round(((((degrees % 360) + 360) % 360) * 254) / 360) % 254
export const decodeHeading = (code: number) => (code === 255 ? null : (code * 360) / 254)

/** The last four bytes of a person in one, which are the same on every screen of a second; each part is encoded already. */
export const personLook = (heading: number, age: number, accuracy: number, flags: number) =>
  heading | (age << 8) | (accuracy << 16) | (flags << 24)

export interface FramePerson {
  handle: number
  position: LonLat
  headingDegrees: number | null
  /** null: older than a frame can tell. */
  ageMs: number | null
  accuracyMetres: number | null
  flags: number
}

export interface FrameCell {
  position: LonLat
  people: number
  stale: number
}

export interface Frame {
  serverTime: number
  bounds: Bounds
  people: FramePerson[]
  cells: FrameCell[]
}

/** Writes frames into one growing buffer, so that a tick of a thousand screens allocates only what it sends. */
export class FrameWriter {
  #buffer = new ArrayBuffer(64 * 1024)
  #view = new DataView(this.#buffer)
  #offset = 0
  #count = 0
  #west = 0
  #south = 0
  #xScale = 0
  #yScale = 0

  startPeople(serverTime: number, bounds: Bounds): void {
    this.#start(KIND_PEOPLE, serverTime, bounds)
  }

  startCells(serverTime: number, bounds: Bounds): void {
    this.#start(KIND_CELLS, serverTime, bounds)
  }

  /** `heading`, `age` and `accuracy` are already encoded. A person outside the box is drawn on its edge. */
  person(
    handle: number,
    longitude: number,
    latitude: number,
    heading: number,
    age: number,
    accuracy: number,
    flags: number,
  ): void {
    this.personAs(handle, longitude, latitude, personLook(heading, age, accuracy, flags))
  }

  /** The same with his `personLook`. */
  personAs(handle: number, longitude: number, latitude: number, look: number): void {
    const at = this.#take(PERSON_BYTES)
    this.#view.setUint32(at, handle, true)
    this.#place(at + 4, longitude, latitude)
    this.#view.setUint32(at + 8, look, true)
  }

  cell(longitude: number, latitude: number, people: number, stale: number): void {
    const at = this.#take(CELL_BYTES)
    this.#place(at, longitude, latitude)
    this.#view.setUint16(at + 4, Math.min(STEPS, people), true)
    this.#view.setUint16(at + 6, Math.min(STEPS, stale), true)
  }

  /** The finished frame, a copy of its own. */
  finish(): Uint8Array {
    this.#view.setUint32(4, this.#count, true)
    return new Uint8Array(this.#buffer.slice(0, this.#offset))
  }

  #start(kind: number, serverTime: number, [west, south, east, north]: Bounds): void {
    this.#offset = 0
    this.#count = -1
    this.#take(HEADER_BYTES)
    this.#view.setUint8(0, FRAME_VERSION)
    this.#view.setUint8(1, kind)
    this.#view.setUint16(2, 0, true)
    this.#view.setFloat64(8, serverTime, true)
    for (const [index, degrees] of [west, south, east, north].entries())
      this.#view.setInt32(16 + 4 * index, Math.round(degrees * 1e7), true)
    this.#view.setUint32(32, 0, true)
    this.#west = west
    this.#south = south
    this.#xScale = STEPS / Math.max(1e-7, east - west)
    this.#yScale = STEPS / Math.max(1e-7, north - south)
  }

  #place(at: number, longitude: number, latitude: number): void {
    const x = clamp((longitude - this.#west) * this.#xScale)
    const y = clamp((latitude - this.#south) * this.#yScale)
    this.#view.setUint32(at, x | (y << 16), true)
  }

  #take(bytes: number): number {
    const at = this.#offset
    this.#offset += bytes
    this.#count++
    if (this.#offset > this.#buffer.byteLength) this.#grow()
    return at
  }

  #grow(): void {
    const larger = new ArrayBuffer(this.#buffer.byteLength * 2)
    new Uint8Array(larger).set(new Uint8Array(this.#buffer))
    this.#buffer = larger
    this.#view = new DataView(larger)
  }
}

const clamp = (value: number) => (value <= 0 ? 0 : value >= STEPS ? STEPS : (value + 0.5) | 0)

/** Reads a frame. Throws RangeError for anything that is not a whole frame of this version. */
export function readFrame(data: ArrayBuffer | Uint8Array): Frame {
  const view =
    data instanceof Uint8Array ? new DataView(data.buffer, data.byteOffset, data.byteLength) : new DataView(data)
  if (view.byteLength < HEADER_BYTES || view.getUint8(0) !== FRAME_VERSION) throw new RangeError('not a position frame')
  const kind = view.getUint8(1)
  const count = view.getUint32(4, true)
  const size = kind === KIND_PEOPLE ? PERSON_BYTES : CELL_BYTES
  if (view.byteLength !== HEADER_BYTES + count * size) throw new RangeError('a position frame of the wrong length')
  const [west, south, east, north] = [16, 20, 24, 28].map((at) => view.getInt32(at, true) / 1e7) as Bounds
  const place = (at: number): LonLat => [
    west + (view.getUint16(at, true) / STEPS) * (east - west),
    south + (view.getUint16(at + 2, true) / STEPS) * (north - south),
  ]
  const frame: Frame = {
    serverTime: view.getFloat64(8, true),
    bounds: [west, south, east, north],
    people: [],
    cells: [],
  }
  for (let index = 0, at = HEADER_BYTES; index < count; index++, at += size) {
    if (kind === KIND_PEOPLE)
      frame.people.push({
        handle: view.getUint32(at, true),
        position: place(at + 4),
        headingDegrees: decodeHeading(view.getUint8(at + 8)),
        ageMs: decodeAge(view.getUint8(at + 9)),
        accuracyMetres: decodeAccuracy(view.getUint8(at + 10)),
        flags: view.getUint8(at + 11),
      })
    else
      frame.cells.push({
        position: place(at),
        people: view.getUint16(at + 4, true),
        stale: view.getUint16(at + 6, true),
      })
  }
  return frame
}
