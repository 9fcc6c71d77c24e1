/** People by the place they are at, and how those at one place are told apart. Pure. */
import { distanceMetres } from '#contract/geo'
import type { FramePerson } from '#contract/position-frame'

/** People closer than about a metre stand on one place, at any zoom. */
const DEGREES = 1e-5
const METRES_PER_DEGREE = 111_195
/** Rows of a lattice of places, so that a place is one number. */
const ROW = 1e8

const age = ({ ageMs }: FramePerson) => ageMs ?? Number.MAX_SAFE_INTEGER
const byFreshness = (a: FramePerson, b: FramePerson) => age(a) - age(b)
/** An order that no new fix changes, so that nobody jumps from one side of a place to the other. */
const byHandle = (a: FramePerson, b: FramePerson) => a.handle - b.handle

/**
 * People on the same spot, the freshest fix first. Cheap enough for ten thousand a second: plain loops, because calling a
 * function for each of them took most of the time.
 */
export function bySpot(people: readonly FramePerson[]): FramePerson[][] {
  const columns = new Int32Array(people.length)
  const rows = new Int32Array(people.length)
  let west = Number.MAX_SAFE_INTEGER
  let south = Number.MAX_SAFE_INTEGER
  let north = Number.MIN_SAFE_INTEGER
  let index = 0
  for (const { position } of people) {
    const column = Math.round(position[0] / DEGREES)
    const row = Math.round(position[1] / DEGREES)
    columns[index] = column
    rows[index++] = row
    if (column < west) west = column
    if (row < south) south = row
    if (row > north) north = row
  }
  // Counted from a corner, so that the number of a place is a small one: those are found ten times as fast.
  const height = 1 + north - south
  const groupAt = new Map<number, FramePerson[]>()
  const groups: FramePerson[][] = []
  index = 0
  for (const person of people) {
    const key = ((columns[index] as number) - west) * height + (rows[index++] as number) - south
    const here = groupAt.get(key)
    if (here) here.push(person)
    else {
      const group = [person]
      groupAt.set(key, group)
      groups.push(group)
    }
  }
  for (const group of groups) if (group.length > 1) group.sort(byFreshness)
  return groups
}

/** People within so many metres of one of them, that one first: each is in one group alone. */
export function byNearness(people: readonly FramePerson[], metres: number): FramePerson[][] {
  const size = metres / METRES_PER_DEGREE
  const squares = new Map<number, FramePerson[][]>()
  const groups: FramePerson[][] = []
  for (const person of people.toSorted(byHandle)) {
    const [longitude, latitude] = person.position
    // A degree of longitude is shorter, so what is near lies within the neighbouring squares, or two further east.
    const [column, row] = [Math.floor(longitude / size), Math.floor(latitude / size)]
    const near = groupNear(squares, person, column, row, metres)
    if (near) {
      near.push(person)
      continue
    }
    const group = [person]
    groups.push(group)
    const key = column * ROW + row
    const here = squares.get(key)
    if (here) here.push(group)
    else squares.set(key, [group])
  }
  return groups
}

function groupNear(
  squares: ReadonlyMap<number, FramePerson[][]>,
  person: FramePerson,
  column: number,
  row: number,
  metres: number,
): FramePerson[] | null {
  for (let x = column - 2; x <= column + 2; x++)
    for (let y = row - 1; y <= row + 1; y++)
      for (const group of squares.get(x * ROW + y) ?? [])
        if (group[0] && distanceMetres(group[0].position, person.position) <= metres) return group
  return null
}

/** More than this many at one place are a number and a list: a ring of them would reach far into the neighbourhood. */
export const MOST_SPREAD = 16
/** From the middle of one mark on the ring to the next, and the least from the place, CSS pixels. */
const MARK_PIXELS = 24
const LEAST_RADIUS_PIXELS = 20

/** How far from their place so many people are drawn, CSS pixels. */
export const spreadRadius = (people: number) => Math.max(LEAST_RADIUS_PIXELS, (people * MARK_PIXELS) / (2 * Math.PI))

/** Where around their place so many people are drawn: pixels to the right and down, evenly, the first to the upper right. */
export function spreadOffsets(people: number): [x: number, y: number][] {
  const radius = spreadRadius(people)
  return Array.from({ length: people }, (_, index) => {
    const angle = -Math.PI / 2 + ((index + 0.5) * 2 * Math.PI) / people
    return [radius * Math.cos(angle), radius * Math.sin(angle)]
  })
}

/** The same place as a map draws an icon's offset that it turns afterwards by so many degrees clockwise. */
export function beforeTurn([x, y]: readonly [number, number], degrees: number): [number, number] {
  const angle = (-degrees * Math.PI) / 180
  return [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)]
}
