/** A track as a path: pieces without a gap, where somebody was at an instant, and times to write beside it. Pure. */
import type { Bounds, LonLat } from '#contract/geo'
import type { Response } from '#contract/routes'

export type TrackFix = Response<'positions.track'>['fixes'][number]

/** Silence is a gap when it is longer than so many of the usual intervals around it, as a fix is stale after three. */
const MISSED = 3
/** The interval is taken from so many fixes to each side: a day can begin on the page and go on with a tracker. */
const NEIGHBOURS = 6
const LEAST_GAP_MS = 30_000

const timeOf = ([at]: TrackFix) => at
export const placeOf = ([, longitude, latitude]: TrackFix): LonLat => [longitude, latitude]

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** Pieces of fixes (oldest first) between which nothing is known. Nothing is drawn from one to the next. */
export function trackPieces(fixes: readonly TrackFix[]): TrackFix[][] {
  const intervals = fixes.slice(1).map((fix, index) => timeOf(fix) - timeOf(fixes[index] ?? fix))
  const pieces: TrackFix[][] = []
  fixes.forEach((fix, index) => {
    const silence = index === 0 ? Number.POSITIVE_INFINITY : (intervals[index - 1] ?? 0)
    const around = intervals.slice(Math.max(0, index - 1 - NEIGHBOURS), index + NEIGHBOURS)
    const last = pieces.at(-1)
    if (last && silence <= Math.max(LEAST_GAP_MS, MISSED * median(around))) last.push(fix)
    else pieces.push([fix])
  })
  return pieces
}

/** The piece an instant lies in, or null in a gap, before and after. */
export function pieceAt(pieces: readonly TrackFix[][], at: number): TrackFix[] | null {
  return pieces.find((piece) => at >= startOf(piece) && at <= endOf(piece)) ?? null
}

export const startOf = (piece: readonly TrackFix[]) => piece[0]?.[0] ?? 0
export const endOf = (piece: readonly TrackFix[]) => piece.at(-1)?.[0] ?? 0

/** Where somebody was at an instant: on the straight way between the fixes around it; null where nothing is known. */
export function placeAt(pieces: readonly TrackFix[][], at: number): LonLat | null {
  const piece = pieceAt(pieces, at)
  if (!piece) return null
  const after = piece.find((fix) => timeOf(fix) >= at)
  const before = piece.findLast((fix) => timeOf(fix) <= at)
  if (!before || !after) return null
  const way = timeOf(after) - timeOf(before)
  const share = way === 0 ? 0 : (at - timeOf(before)) / way
  const [from, to] = [placeOf(before), placeOf(after)]
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
}

/** The instant a player goes on from: a gap is skipped, and the end stays the end. */
export function afterGap(pieces: readonly TrackFix[][], at: number): number {
  if (pieceAt(pieces, at)) return at
  const next = pieces.find((piece) => startOf(piece) > at)
  const last = pieces.at(-1)
  return next ? startOf(next) : last ? endOf(last) : at
}

const MINUTE_MS = 60_000
const STAMP_STEPS_MS = [5, 10, 15, 30, 60, 120, 240, 720, 1440].map((minutes) => minutes * MINUTE_MS)
const MOST_STAMPS = 14

/** The first fix of each piece, and the first after each round time: as many as can be read. */
export function trackStamps(pieces: readonly TrackFix[][]): TrackFix[] {
  const span = pieces.reduce((sum, piece) => sum + endOf(piece) - startOf(piece), 0)
  const step = STAMP_STEPS_MS.find((each) => span / each <= MOST_STAMPS) ?? STAMP_STEPS_MS.at(-1) ?? MINUTE_MS
  let slot = Number.NEGATIVE_INFINITY
  return pieces.flatMap((piece) =>
    piece.filter((fix) => {
      const of = Math.floor(timeOf(fix) / step)
      const isNew = of !== slot
      slot = of
      return isNew
    }),
  )
}

/** The box around a track; null without fixes. */
export function trackBounds(fixes: readonly TrackFix[]): Bounds | null {
  const [first] = fixes
  if (!first) return null
  return fixes.reduce<Bounds>(
    ([west, south, east, north], [, lon, lat]) => [
      Math.min(west, lon),
      Math.min(south, lat),
      Math.max(east, lon),
      Math.max(north, lat),
    ],
    [first[1], first[2], first[1], first[2]],
  )
}
