/** The position funnel: every fix of every source passes here, moves the live store, and is written in batches. */
import type { Bounds } from '#contract/geo'
import { personFlags } from '#contract/position-frame'
import { type Fix, type FixRemark, type PositionSource, reportIntervalMs, staleAfterMs } from '#contract/positions'
import type { DutyBook } from '../duty/duty-book.ts'
import { fixTime, isClockOff, judge, newTrack, type TrackState, type Verdict, withSteadyClock } from './funnel.ts'
import type { LiveStore } from './live-store.ts'
import type { PositionsWriter } from './positions.writer.ts'

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

/** A fix that does not say how accurate it is counts as this much off, in metres. */
const UNSAID_ACCURACY_METRES = 50

export interface PositionsParts {
  store: LiveStore
  book: DutyBook
  writer: PositionsWriter
  /** Of a member on duty; undefined when he is not. */
  profileOf(memberId: string): LiveProfile | undefined
  /** The service area widened by its margin; null while nothing is loaded. */
  area(): Bounds | null
  now: () => number
}

export function createPositionsService({ store, book, writer, profileOf, area, now }: PositionsParts) {
  const tracks = new Map<string, TrackState>()

  function trackOf(memberId: string): TrackState {
    const known = tracks.get(memberId)
    if (known) return known
    const track = newTrack()
    tracks.set(memberId, track)
    return track
  }

  function show(memberId: string, fix: Fix, fixAt: number, channel: Channel): void {
    const profile = profileOf(memberId)
    if (!profile) return
    store.put({
      memberId,
      handle: profile.handle,
      position: fix.position,
      fixAt,
      accuracyMetres: fix.accuracyMetres ?? UNSAID_ACCURACY_METRES,
      headingDegrees: fix.headingDegrees,
      staleAfterMs: staleAfterMs(channel.reportsEveryMs),
      areaOrder: profile.areaOrder,
      flags: fix.isMock ? profile.flags | personFlags.suspect : profile.flags,
    })
  }

  function keep(memberId: string, fix: Fix, fixAt: number, channel: Channel, isNewest: boolean): void {
    const kept = {
      memberId,
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
    if (isNewest) writer.setLatest(kept)
  }

  /** The mark stays where it was, and looks doubtful. */
  function doubt(memberId: string): void {
    const slot = store.slotOf(memberId)
    if (slot !== undefined) store.setFlags(slot, store.flagsAt(slot) | personFlags.suspect)
  }

  return {
    /** One fix of one member: whose it is was settled by session or pairing, never by the message. */
    receive(memberId: string, told: Fix, channel: Channel): Verdict {
      const receivedAt = now()
      const track = trackOf(memberId)
      const fix = withSteadyClock(told, track, receivedAt)
      const duty = book.dutyOf(memberId)
      const verdict = judge(fix, track, duty, area(), receivedAt)
      const fixAt = fixTime(fix, receivedAt, duty.since)
      if (verdict === 'live' && fixAt !== null) show(memberId, fix, fixAt, channel)
      if ((verdict === 'live' || verdict === 'historyOnly') && fixAt !== null) {
        keep(memberId, fix, fixAt, channel, verdict === 'live')
        if (isClockOff(fix, receivedAt)) writer.countRefusal(channel.source, 'clockOff' satisfies FixRemark)
      } else if (verdict === 'suspect') {
        doubt(memberId)
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
      tracks.delete(memberId)
      writer.forgetLatest(memberId)
    },

    /** Resolves when everything received so far is in the database. */
    durable: () => writer.flush(),

    /** After a restart: everyone on duty where he was last, with the true age. */
    restore(rows: Awaited<ReturnType<PositionsWriter['stored']>>): void {
      for (const row of rows) {
        const profile = profileOf(row.memberId)
        if (!profile) continue
        const track = trackOf(row.memberId)
        track.fixAt = row.fixAt
        track.longitude = row.longitude
        track.latitude = row.latitude
        store.put({
          memberId: row.memberId,
          handle: profile.handle,
          position: [row.longitude, row.latitude],
          fixAt: row.fixAt,
          accuracyMetres: row.accuracyMetres ?? UNSAID_ACCURACY_METRES,
          headingDegrees: row.headingDegrees,
          staleAfterMs: staleAfterMs(row.reportsEveryMs),
          areaOrder: profile.areaOrder,
          flags: row.isSuspect ? profile.flags | personFlags.suspect : profile.flags,
        })
      }
    },
  }
}
export type PositionsService = ReturnType<typeof createPositionsService>
