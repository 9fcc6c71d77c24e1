/** People who move, as a bench tells them to the product, and what the bench itself knows of them: the oracle. */
import type { LonLat } from '../../../contract/geo.ts'
import type { Fix } from '../../../contract/positions.ts'
import { createRandom } from '../../../server/demo/random.ts'
import { moved } from './city.ts'
import type { CityMember } from './installation.ts'

const RADIANS = Math.PI / 180
const METRES_PER_DEGREE = RADIANS * 6_371_008.8
/** A gateway's source reports every 10 s; after six missed reports nobody is ranked by position. */
const UNCALLABLE_MS = 60_000
const WORST_ACCURACY_METRES = 200
/** Of a hundred people: these report badly, pretend, or have fallen silent. */
const [INACCURATE, MOCK, SILENT] = [3, 2, 3]

export interface KnownPerson {
  place: LonLat
  fixAt: number
  accuracyMetres: number
  isMock: boolean
  isSilent: boolean
}

export class MovingCity {
  readonly people: KnownPerson[]
  readonly #members: readonly CityMember[]
  readonly #random = createRandom(7)
  #next = 0

  constructor(members: readonly CityMember[]) {
    this.#members = members
    this.people = members.map(({ home }, index) => ({
      place: home,
      fixAt: 0,
      accuracyMetres: index % 100 < INACCURATE ? 250 + (index % 50) : 5 + (index % 20),
      isMock: index % 100 >= INACCURATE && index % 100 < INACCURATE + MOCK,
      isSilent: index % 100 >= 100 - SILENT,
    }))
  }

  /** Everybody's first fix; the silent ones' is three minutes old. */
  first(index: number, now: number): Fix {
    return this.#report(index, this.people[index]?.isSilent ? now - 180_000 : now - 4_000)
  }

  /** The next person's next fix, a few steps on and taken a little before `now`. */
  next(now: number): { index: number; fix: Fix } {
    let index = this.#next++ % this.people.length
    while (this.people[index]?.isSilent) index = this.#next++ % this.people.length
    const person = this.people[index] as KnownPerson
    person.place = moved(person.place, this.#random.between(-3, 3), this.#random.between(-3, 3))
    return {
      index,
      fix: this.#report(index, Math.max(person.fixAt + 1, Math.floor(now - this.#random.between(0, 2_000)))),
    }
  }

  #report(index: number, takenAt: number): Fix {
    const person = this.people[index] as KnownPerson
    person.fixAt = takenAt
    return {
      takenAt,
      sentAt: null,
      position: person.place,
      accuracyMetres: person.accuracyMetres,
      speedMetresPerSecond: 1,
      headingDegrees: index % 360,
      batteryPercent: null,
      isMock: person.isMock,
    }
  }

  /** Member ids as the plainest reading of the rules ranks them: everybody looked at, sorted. null street: the whole city. */
  bruteForce([longitude, latitude]: LonLat, limit: number, now: number, street: number | null) {
    const perLongitude = METRES_PER_DEGREE * Math.cos(latitude * RADIANS)
    const all = this.people.flatMap(({ place, fixAt, accuracyMetres, isMock }, index) => {
      if (street !== null && this.#members[index]?.street !== street) return []
      const straight = Math.hypot((place[0] - longitude) * perLongitude, (place[1] - latitude) * METRES_PER_DEGREE)
      const ageMs = Math.max(0, now - fixAt)
      const isOut = isMock || ageMs > UNCALLABLE_MS || accuracyMetres > WORST_ACCURACY_METRES
      return [{ index, straight, worst: straight + accuracyMetres + ageMs / 1_000, isOut }]
    })
    all.sort((a, b) => a.worst - b.worst)
    const ranked = all.filter(({ isOut }) => !isOut).slice(0, limit)
    const farthest =
      ranked.length < limit ? Number.POSITIVE_INFINITY : Math.max(...ranked.map(({ straight }) => straight))
    const leftOut = all.filter(({ isOut, straight }) => isOut && straight <= farthest).slice(0, limit)
    const ids = (found: typeof all) => found.map(({ index }) => this.#members[index]?.id ?? '')
    return { ranked: ids(ranked), leftOut: ids(leftOut) }
  }
}
