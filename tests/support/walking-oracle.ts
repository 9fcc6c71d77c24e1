/**
 * The plainest possible answer to "how far is it to walk", to hold the product's against. It imports nothing from server
 * or contract: own distances, own joining of lines, Dijkstra's search without a heap, places attached by trying every
 * street. [longitude, latitude], metres.
 */
type Place = readonly [number, number]

const RADIUS = 6_371_008.8
const RADIANS = Math.PI / 180
const LEAST_PART = 50

export function greatCircle([lonA, latA]: Place, [lonB, latB]: Place): number {
  const a =
    Math.sin(((latB - latA) * RADIANS) / 2) ** 2 +
    Math.cos(latA * RADIANS) * Math.cos(latB * RADIANS) * Math.sin(((lonB - lonA) * RADIANS) / 2) ** 2
  return 2 * RADIUS * Math.asin(Math.sqrt(a))
}

interface Stretch {
  a: string
  b: string
  metres: number
  ends: [Place, Place]
}

interface Attached {
  stretch: Stretch
  fraction: number
  away: number
}

export class WalkingOracle {
  readonly stretches: Stretch[] = []
  readonly neighbours = new Map<string, { other: string; metres: number }[]>()
  readonly part = new Map<string, number>()

  constructor(lines: readonly (readonly Place[])[]) {
    const keyOf = ([lon, lat]: Place) => `${Math.round(lon / 1e-6)}/${Math.round(lat / 1e-6)}`
    const first = new Map<string, Place>()
    const all: Stretch[] = []
    for (const line of lines)
      for (let at = 1; at < line.length; at++) {
        const ends = [line[at - 1], line[at]].map((place) => {
          const key = keyOf(place as Place)
          if (!first.has(key)) first.set(key, place as Place)
          return { key, place: first.get(key) as Place }
        })
        const [a, b] = ends as [{ key: string; place: Place }, { key: string; place: Place }]
        if (a.key === b.key) continue
        all.push({ a: a.key, b: b.key, metres: greatCircle(a.place, b.place), ends: [a.place, b.place] })
      }
    for (const { a, b, metres } of all) {
      this.neighbours.set(a, [...(this.neighbours.get(a) ?? []), { other: b, metres }])
      this.neighbours.set(b, [...(this.neighbours.get(b) ?? []), { other: a, metres }])
    }
    this.#findParts()
    const sizes = new Map<number, number>()
    for (const part of this.part.values()) sizes.set(part, (sizes.get(part) ?? 0) + 1)
    this.stretches = all.filter(({ a }) => (sizes.get(this.part.get(a) ?? -1) ?? 0) >= LEAST_PART)
  }

  #findParts(): void {
    let number = 0
    for (const start of this.neighbours.keys()) {
      if (this.part.has(start)) continue
      const waiting = [start]
      this.part.set(start, ++number)
      for (let node = waiting.pop(); node !== undefined; node = waiting.pop())
        for (const { other } of this.neighbours.get(node) ?? [])
          if (!this.part.has(other)) {
            this.part.set(other, number)
            waiting.push(other)
          }
    }
  }

  attach(place: Place): Attached {
    let best: Attached | null = null
    const shrink = Math.cos(place[1] * RADIANS)
    const flat = ([lon, lat]: Place): [number, number] => [
      (lon - place[0]) * shrink * RADIANS * RADIUS,
      (lat - place[1]) * RADIANS * RADIUS,
    ]
    for (const stretch of this.stretches) {
      const [[ax, ay], [bx, by]] = [flat(stretch.ends[0]), flat(stretch.ends[1])]
      const squared = (bx - ax) ** 2 + (by - ay) ** 2
      const fraction = Math.max(0, Math.min(1, (-ax * (bx - ax) - ay * (by - ay)) / squared))
      const away = Math.hypot(ax + fraction * (bx - ax), ay + fraction * (by - ay))
      if (!best || away < best.away) best = { stretch, fraction, away }
    }
    if (!best) throw new Error('The oracle has no streets.')
    return best
  }

  /** From one place to every corner, without a heap. */
  reach(from: Attached): Map<string, number> {
    const { stretch, fraction, away } = from
    const open = new Map([
      [stretch.a, away + fraction * stretch.metres],
      [stretch.b, away + (1 - fraction) * stretch.metres],
    ])
    const done = new Map<string, number>()
    while (open.size > 0) {
      let nearest = ''
      let least = Number.POSITIVE_INFINITY
      for (const [node, metres] of open) if (metres < least) [nearest, least] = [node, metres]
      open.delete(nearest)
      done.set(nearest, least)
      for (const { other, metres } of this.neighbours.get(nearest) ?? [])
        if (!done.has(other) && least + metres < (open.get(other) ?? Number.POSITIVE_INFINITY))
          open.set(other, least + metres)
    }
    return done
  }

  /** Metres to walk, Infinity when there is no way. */
  metres(from: Attached, reached: ReadonlyMap<string, number>, to: Attached): number {
    const { stretch, fraction, away } = to
    const byA = (reached.get(stretch.a) ?? Number.POSITIVE_INFINITY) + fraction * stretch.metres
    const byB = (reached.get(stretch.b) ?? Number.POSITIVE_INFINITY) + (1 - fraction) * stretch.metres
    const isSame = stretch === from.stretch
    const along = isSame ? from.away + Math.abs(fraction - from.fraction) * stretch.metres : Number.POSITIVE_INFINITY
    return away + Math.min(byA, byB, along)
  }
}
