/** The moving part of the installation put together: duty, positions, the live store, facts. One per process. */
import type { Bounds } from '#contract/geo'
import { personFlags } from '#contract/position-frame'
import { audited } from './audit/audited.ts'
import type { Viewer } from './auth/viewer.ts'
import type { Database } from './database/connect.ts'
import { createDevices } from './devices/devices.ts'
import { dutyQueries } from './duty/duty.queries.ts'
import { createDutyService } from './duty/duty.service.ts'
import { DutyBook } from './duty/duty-book.ts'
import { factsQueries } from './facts/facts.queries.ts'
import { AreaOrder } from './positions/area-order.ts'
import { every } from './positions/every.ts'
import { createFrames } from './positions/frames.ts'
import { serviceArea } from './positions/funnel.ts'
import { LiveStore } from './positions/live-store.ts'
import { createNearestService } from './positions/nearest.service.ts'
import { LivePeople } from './positions/people.ts'
import { positionRights } from './positions/position-rights.ts'
import { positionsQueries } from './positions/positions.queries.ts'
import { createPositionsService } from './positions/positions.service.ts'
import { sweepPositions } from './positions/positions.sweeper.ts'
import { createPositionsWriter } from './positions/positions.writer.ts'
import { createTracksService } from './positions/tracks.service.ts'

const WRITE_EVERY_MS = 1_000
const SWEEP_EVERY_MS = 60_000
/** Resuming reaches back this far; older facts are forgotten. */
const FACTS_KEPT_MS = 24 * 3_600_000
/** Late fixes and long duties reach back this far. */
const DUTIES_REMEMBERED_MS = 36 * 3_600_000
/** Cells for a whole country, until areas are loaded. */
const NOWHERE_YET: Bounds = [73, 3, 135, 54]

export interface LifeParts {
  db: Database
  now: () => number
  onFault: (error: unknown) => void
}

export function createLife({ db, now, onFault }: LifeParts) {
  const queries = positionsQueries(db)
  const store = new LiveStore(NOWHERE_YET)
  const book = new DutyBook()
  let order = new AreaOrder([])
  let area: Bounds | null = null
  const people = new LivePeople(order)
  const writer = createPositionsWriter({ queries, now, onFault })
  const positions = createPositionsService({
    store,
    book,
    writer,
    profileOf: (memberId) => people.profileOf(memberId),
    area: () => area,
    now,
  })
  const duty = createDutyService({
    queries: dutyQueries(db),
    change: audited(db, dutyQueries),
    book,
    effects: {
      onStart: (person) => people.add(person),
      onEnd(memberId) {
        positions.forget(memberId)
        people.remove(memberId)
      },
      lastFixOf: (memberId) => positions.lastFixOf(memberId),
    },
    now,
  })
  const devices = createDevices(db, now)

  /** Reads areas anew: their order decides who sees whom, their box which fixes are believed. */
  async function layGround(): Promise<void> {
    const { paths, bounds } = await queries.ground()
    order = new AreaOrder(paths)
    area = bounds && serviceArea(bounds)
    people.reorder(order)
    store.coverArea(bounds ?? NOWHERE_YET)
    placePeople()
  }

  /** Reads those on duty anew after members or their posts changed: their names, and whose people they are. */
  async function rereadPeople(): Promise<void> {
    for (const person of await dutyQueries(db).people(null)) people.update(person)
    placePeople()
  }

  /** Those who come to a call now: their marks say so at once. */
  function setInCall(memberIds: ReadonlySet<string>): void {
    for (const memberId of people.setInCall(memberIds)) {
      const slot = store.slotOf(memberId)
      if (slot === undefined) continue
      const others = store.flagsAt(slot) & ~personFlags.inCall
      store.setFlags(slot, memberIds.has(memberId) ? others | personFlags.inCall : others)
    }
  }

  function placePeople(): void {
    store.forEach((slot) => {
      const profile = people.profileOf(store.memberAt(slot) ?? '')
      if (profile) store.setAreaOrder(slot, profile.areaOrder)
    })
  }

  async function restore(): Promise<void> {
    book.clear()
    for (const { memberId, ...stretch } of await dutyQueries(db).stretchesSince(now() - DUTIES_REMEMBERED_MS))
      book.restore(memberId, stretch)
    for (const person of await dutyQueries(db).people(null)) people.add(person)
    positions.restore(await writer.stored())
  }

  async function sweep(): Promise<void> {
    await sweepPositions(queries, now())
    await duty.endOverlong()
    await factsQueries(db).forgetBefore(now() - FACTS_KEPT_MS)
  }

  const rangesOf = (scope: readonly string[]) => order.rangesOf(scope)
  const rightsOf = (viewer: Viewer) => positionRights(viewer, rangesOf)
  const nearest = createNearestService({
    store,
    rightsOf,
    nameFor: (viewer, memberId) => people.nameFor(viewer, memberId),
    now,
  })

  let stops: (() => void)[] = []
  return {
    duty,
    nearest,
    tracks: createTracksService({ queries, change: audited(db, positionsQueries), now }),
    rightsOf,
    positions,
    devices,
    isOnDuty: (memberId: string) => book.isOn(memberId),
    store,
    frames: createFrames({ store, now }),
    layGround,
    rereadPeople,
    setInCall,

    /** Reads who is on duty and where; then keeps writing and sweeping. */
    async start(): Promise<void> {
      await layGround()
      await restore()
      await sweep()
      stops = [every(WRITE_EVERY_MS, () => writer.flush(), onFault), every(SWEEP_EVERY_MS, sweep, onFault)]
    },

    /** Writes what is left. */
    async stop(): Promise<void> {
      for (const stop of stops) stop()
      await writer.flush().catch(onFault)
    },
  }
}
export type Life = ReturnType<typeof createLife>
