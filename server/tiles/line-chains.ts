/**
 * Lines out of pieces. Neighbours share their border, so it is in the data twice; drawn twice, a dashed line would look
 * solid. Here each segment is kept once, and segments are chained into lines as long as possible.
 */
import type { Position } from 'geojson'
import { groupBy } from './group-by.ts'

export type Ring = readonly Position[]

interface Segment {
  from: string
  to: string
  rank: number
}

const nameOf = (point: Position) => `${point[0]} ${point[1]}`
const pointOf = (name: string): Position => name.split(' ').map(Number)

/**
 * Shared lines, each once, under the highest rank (smallest number) among the polygons it bounds.
 * Answers rank → lines.
 */
export function sharedLines(polygons: Iterable<{ rank: number; rings: readonly Ring[] }>): Map<number, Position[][]> {
  const segments = new Map<string, Segment>()
  for (const { rank, rings } of polygons) for (const ring of rings) addRing(segments, ring, rank)
  const byRank = groupBy(segments.values(), (segment) => segment.rank)
  return new Map([...byRank].map(([rank, group]) => [rank, chain(group)]))
}

/** Lines that touch end to end, made one: a street's name needs more room than one block of it. */
export function joinedLines(lines: Iterable<readonly Position[]>): Position[][] {
  const segments = new Map<string, Segment>()
  for (const line of lines) addRing(segments, line, 0)
  return chain([...segments.values()])
}

function addRing(segments: Map<string, Segment>, ring: Ring, rank: number): void {
  for (const [from, to] of namedSegments(ring)) {
    const key = from < to ? `${from}|${to}` : `${to}|${from}`
    const known = segments.get(key)
    if (!known) segments.set(key, { from, to, rank })
    else known.rank = Math.min(known.rank, rank)
  }
}

function* namedSegments(ring: Ring): Generator<[string, string]> {
  let before: string | null = null
  for (const point of ring) {
    const name = nameOf(point)
    if (before !== null && before !== name) yield [before, name]
    before = name
  }
}

/** Lines that run on through every node where exactly two of the segments meet. */
function chain(segments: readonly Segment[]): Position[][] {
  const at = new Map<string, Set<Segment>>()
  const touch = (name: string, segment: Segment) => {
    const there = at.get(name)
    if (there) there.add(segment)
    else at.set(name, new Set([segment]))
  }
  for (const segment of segments) {
    touch(segment.from, segment)
    touch(segment.to, segment)
  }
  const left = new Set(segments)
  const walk = (start: string): Position[] => {
    const line = [pointOf(start)]
    for (let here = start; ; ) {
      const next = [...(at.get(here) ?? [])].find((segment) => left.has(segment))
      if (!next) return line
      left.delete(next)
      here = next.from === here ? next.to : next.from
      line.push(pointOf(here))
      if (at.get(here)?.size !== 2) return line
    }
  }
  const lines: Position[][] = []
  // First from every junction and end, then the closed loops that are left.
  for (const [name, there] of at)
    if (there.size !== 2) for (const segment of there) if (left.has(segment)) lines.push(walk(name))
  for (const segment of left) lines.push(walk(segment.from))
  return lines
}

/**
 * The outline of polygons taken together: segments that two of them share are inside and fall out.
 * Rings must run clockwise around surfaces and counter-clockwise around holes; so do the answers.
 */
export function commonOutline(rings: Iterable<Ring>): Position[][] {
  const outgoing = new Map<string, string[]>()
  for (const ring of rings) for (const [from, to] of namedSegments(ring)) addDirected(outgoing, from, to)
  const outline: Position[][] = []
  for (const start of outgoing.keys()) while (outgoing.get(start)?.length) outline.push(...simpleRings(outgoing, start))
  return outline
}

function addDirected(outgoing: Map<string, string[]>, from: string, to: string): void {
  const back = outgoing.get(to)
  const opposite = back?.indexOf(from) ?? -1
  if (back && opposite >= 0) {
    back.splice(opposite, 1)
    return
  }
  const there = outgoing.get(from)
  if (there) there.push(to)
  else outgoing.set(from, [to])
}

/**
 * Walks on until there is nowhere left to go, taking segments off the heap. Whenever the walk meets itself, the loop is a
 * ring: rings that touch at a point come out apart.
 */
function simpleRings(outgoing: Map<string, string[]>, start: string): Position[][] {
  const rings: Position[][] = []
  const walk = [start]
  const placeOf = new Map([[start, 0]])
  for (let here = start; ; ) {
    const next = outgoing.get(here)?.pop()
    if (next === undefined) return rings
    const met = placeOf.get(next)
    if (met === undefined) placeOf.set(next, walk.push(next) - 1)
    else {
      const loop = walk.splice(met + 1)
      for (const name of loop) placeOf.delete(name)
      if (loop.length >= 2) rings.push([next, ...loop, next].map(pointOf))
    }
    here = next
  }
}
