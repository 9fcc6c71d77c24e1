/** The position funnel: every fix of every source passes here, moves the live store, and is written in batches. */
import type { Bounds } from '#contract/geo'
import { personFlags } from '#contract/position-frame'
import { type Fix, type FixRemark, type PositionSource, reportIntervalMs, staleAfterMs } from '#contract/positions'
import { type DutyBook, type DutyRecord, NEVER_ON } from '../duty/duty-book.ts'
import { fixTime, isClockOff, judge, newTrack, type TrackState, type Verdict, withSteadyClock } from './funnel.ts'
import type { LiveStore } from './live-store.ts'
import type { LatestPosition } from './positions.queries.ts'
import type { PositionsWriter, WaitingLatest } from './positions.writer.ts'

/** What a fix came through. */
export interface Channel {
  source: PositionSource
  reportsEveryMs: number
}

/** What the store needs to know of a member besides where he is. */
export interface LiveProfile {
  areaOrder: number
  flags: number
  /** What frames call him. */
  handle: number
}

/**
 * All that is asked for with every fix of a member, found by one look-up: batches bring thousands. What is null is
 * looked up again with the next fix; a profile stays the same object for as long as a duty lasts.
 */
interface Line {
  readonly memberId: string
  readonly track: TrackState
  readonly latest: WaitingLatest
  duty: DutyRecord | null
  profile: LiveProfile | null
  slot: number | null
}

/** A fix that does not say how accurate it is counts as this much off, in metres. */
const UNSAID_ACCURACY_METRES = 50

/** What of a fix the live map shows. */
type ShownFix = Omit<LatestPosition, 'memberId' | 'source'>

export interface PositionsParts {
  store: LiveStore
  book: DutyBook
  writer: PositionsWriter
  /** Of a member on duty, the same object until his duty ends; undefined when he is not. */
  profileOf(memberId: string): LiveProfile | undefined
  /** The service area widened by its margin; null while nothing is loaded. */
  area(): Bounds | null
  now: () => number
}

export function createPositionsService({ store, book, writer, profileOf, area, now }: PositionsParts) {
  const lines = new Map<string, Line>()

  function lineOf(memberId: string): Line {
    const known = lines.get(memberId)
    if (known) return known
    const line = { memberId, track: newTrack(), latest: { row: null }, duty: null, profile: null, slot: null }
    lines.set(memberId, line)
    return line
  }

  /** Off duty there is no profile, and no mark. */
  function show(line: Line, fix: ShownFix): void {
    line.profile ??= profileOf(line.memberId) ?? null
    const { profile } = line
    if (!profile) return
    line.slot ??= store.takeSlot(line.memberId)
    store.write(
      line.slot,
      fix.longitude,
      fix.latitude,
      fix.fixAt,
      fix.accuracyMetres ?? UNSAID_ACCURACY_METRES,
      fix.headingDegrees,
      staleAfterMs(fix.reportsEveryMs),
      profile.handle,
      profile.areaOrder,
      fix.isSuspect ? profile.flags | personFlags.suspect : profile.flags,
    )
  }

  /** The mark stays where it was, and looks doubtful. */
  function doubt({ slot }: Line): void {
    if (slot !== null) store.setFlags(slot, store.flagsAt(slot) | personFlags.suspect)
  }

  return {
    /** One fix of one member: whose it is was settled by session or pairing, never by the message. */
    receive(memberId: string, told: Fix, channel: Channel): Verdict {
      const receivedAt = now()
      const line = lineOf(memberId)
      const fix = withSteadyClock(told, line.track, receivedAt)
      line.duty ??= book.recordOf(memberId)
      const duty = line.duty ?? NEVER_ON
      const { since } = duty
      const verdict = judge(fix, line.track, duty, area(), receivedAt)
      const fixAt = fixTime(fix, receivedAt, since)
      if ((verdict === 'live' || verdict === 'historyOnly') && fixAt !== null) {
        const kept = {
          memberId: line.memberId,
          fixAt,
          longitude: fix.position[0],
          latitude: fix.position[1],
          accuracyMetres: fix.accuracyMetres,
          headingDegrees: fix.headingDegrees,
          source: channel.source,
          reportsEveryMs: channel.reportsEveryMs,
          isSuspect: fix.isMock,
        }
        writer.addHistory(kept)
        if (verdict === 'live') {
          show(line, kept)
          writer.setLatest(line.latest, kept)
        }
        if (isClockOff(fix, receivedAt)) writer.countRefusal(channel.source, 'clockOff' satisfies FixRemark)
      } else if (verdict === 'suspect') {
        doubt(line)
        writer.countRefusal(channel.source, 'teleport')
      } else writer.countRefusal(channel.source, verdict)
      return verdict
    },

    /** Counts what was refused before the rules: an unknown device, a message that is no position. */
    refuse: writer.countRefusal,

    lastFixOf(memberId: string): { fixAt: number; reportsEveryMs: number } | null {
      const slot = store.slotOf(memberId)
      if (slot === undefined) return null
      return { fixAt: store.fixAt(slot), reportsEveryMs: reportIntervalMs(store.staleAfterAt(slot)) }
    },

    /** Off duty: the mark is gone with the next frame. */
    forget(memberId: string): void {
      store.remove(memberId)
      const line = lines.get(memberId)
      if (line) line.latest.row = null
      lines.delete(memberId)
    },

    /** Resolves when everything received so far is in the database. */
    durable: () => writer.flush(),

    /** After a restart: everyone on duty where he was last, with the true age. */
    restore(rows: Awaited<ReturnType<PositionsWriter['stored']>>): void {
      // Duties were read anew as well.
      for (const line of lines.values()) line.duty = null
      for (const row of rows) {
        const line = lineOf(row.memberId)
        line.track.fixAt = row.fixAt
        line.track.longitude = row.longitude
        line.track.latitude = row.latitude
        show(line, row)
      }
    },
  }
}
export type PositionsService = ReturnType<typeof createPositionsService>
