/** Going on and off duty. The book in memory follows the database: after the commit of a start, before that of an end. */
import { v7 as uuid } from 'uuid'
import { DUTY_NOTICE_VERSION, type DutyEnder, type DutyPerson, LONGEST_DUTY_MS, type OwnDuty } from '#contract/duty'
import type { Grant } from '#contract/roles'
import type { Audited } from '../audit/audited.ts'
import { memberName } from '../auth/audience.ts'
import { isReached } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import { notFound, Refusal } from '../errors.ts'
import type { DutyPersonRow, DutyQueries } from './duty.queries.ts'
import type { DutyBook } from './duty-book.ts'
import { createTurns } from './in-turn.ts'

export type { DutyPersonRow }
/** What happens to the live map when someone comes or goes. */
export interface DutyEffects {
  onStart(person: DutyPersonRow): void
  onEnd(memberId: string): void
  lastFixOf(memberId: string): { fixAt: number; reportsEveryMs: number } | null
}

export interface DutyParts {
  queries: DutyQueries
  change: Audited<DutyQueries>
  book: DutyBook
  effects: DutyEffects
  now: () => number
}

export function createDutyService({ queries, change, book, effects, now }: DutyParts) {
  const inTurn = createTurns()

  /** Starts a duty; starting twice is fine. */
  const start = (memberId: string) => inTurn(memberId, () => startNow(memberId))

  async function startNow(memberId: string): Promise<void> {
    const startedAt = now()
    const isStarted = await change(async ({ queries: tx, noteFacts }) => {
      const started = await tx.start(uuid(), memberId, startedAt)
      if (started) await noteFacts('duty', [{ id: memberId, areaPath: started.areaPath }])
      return started !== null
    })
    if (!isStarted) {
      if (book.isOn(memberId)) return
      throw new Refusal('not_allowed', 'This member is no longer active and cannot go on duty.')
    }
    book.start(memberId, startedAt)
    const [person] = await queries.people([memberId])
    if (person) effects.onStart(person)
  }

  /** Ends a duty; ending twice is fine. */
  const end = (memberId: string, endedBy: DutyEnder, by: Viewer | null) =>
    inTurn(memberId, () => endNow(memberId, endedBy, by))

  /** From the first line on no position is taken. */
  async function endNow(memberId: string, endedBy: DutyEnder, by: Viewer | null): Promise<void> {
    const endedAt = now()
    const startedAt = book.since(memberId)
    book.end(memberId, endedAt)
    effects.onEnd(memberId)
    try {
      await change(async ({ queries: tx, audit, noteFacts }) => {
        const ended = await tx.end(memberId, endedAt, endedBy)
        if (!ended) return
        if (by && endedBy === 'dispatcher')
          await audit({
            actor: by,
            action: 'duty.forceStop',
            resource: 'member',
            resourceId: memberId,
            areaPath: ended.areaPath,
            detail: {},
          })
        await noteFacts('duty', [{ id: memberId, areaPath: ended.areaPath }])
      })
    } catch (error) {
      // Still on duty as far as the database knows: say so, and let him try again.
      if (startedAt !== null) book.start(memberId, startedAt)
      throw error
    }
  }

  function toPerson(viewer: Viewer, row: DutyPersonRow): DutyPerson {
    const { path, ...person } = row
    const { name, badge } = row
    return { ...person, name: memberName(viewer, { name, badge, path }) }
  }

  return {
    start,
    end,

    /** A member's own start, after he has read and agreed to the notice. */
    async startOwn(viewer: Viewer, noticeVersion: number): Promise<OwnDuty> {
      const memberId = memberOf(viewer)
      if (noticeVersion !== DUTY_NOTICE_VERSION)
        throw new Refusal('version_conflict', 'The notice has changed. Please read it again.', {
          current: { noticeVersion: DUTY_NOTICE_VERSION },
        })
      await queries.agree(memberId, noticeVersion, now())
      await start(memberId)
      return this.own(viewer)
    },

    async endOwn(viewer: Viewer): Promise<OwnDuty> {
      await end(memberOf(viewer), 'self', viewer)
      return this.own(viewer)
    },

    async own(viewer: Viewer): Promise<OwnDuty> {
      const memberId = memberOf(viewer)
      const startedAt = book.since(memberId)
      const fix = effects.lastFixOf(memberId)
      const own = await queries.own(memberId)
      if (!own) throw notFound('This member')
      return {
        ...own,
        lastEnd: startedAt === null ? own.lastEnd : null,
        isOn: startedAt !== null,
        startedAt,
        endsAt: startedAt === null ? null : startedAt + LONGEST_DUTY_MS,
        noticeVersion: DUTY_NOTICE_VERSION,
        lastFixAt: fix?.fixAt ?? null,
        reportsEveryMs: fix?.reportsEveryMs ?? null,
      }
    },

    /** A dispatcher ends somebody else's duty. */
    async forceEnd(viewer: Viewer, grant: Grant, memberId: string): Promise<void> {
      const [person] = await queries.people([memberId])
      if (!person || !isReachedPerson(grant, viewer, person))
        throw new Refusal('not_found', 'This member is not on duty, or is outside your area.')
      await end(memberId, 'dispatcher', viewer)
    },

    /** Reads the people asked for as one viewer may see them; those out of reach are missing. */
    async readPeople(memberIds: readonly string[] | null) {
      const rows = await queries.people(memberIds)
      return (viewer: Viewer, grant: Grant | null): ReadonlyMap<string, DutyPerson> =>
        new Map(
          rows.filter((row) => isReachedPerson(grant, viewer, row)).map((row) => [row.memberId, toPerson(viewer, row)]),
        )
    },

    /** Ends what was forgotten. */
    async endOverlong(): Promise<void> {
      for (const memberId of await queries.overlong(now() - LONGEST_DUTY_MS)) await end(memberId, 'tooLong', null)
    },
  }
}
export type DutyService = ReturnType<typeof createDutyService>

/** Whether a viewer may know that this person is on duty. */
export function isReachedPerson(grant: Grant | null, viewer: Viewer, { memberId, path }: DutyPersonRow): boolean {
  if (grant?.reach === 'own') return memberId === viewer.memberId
  return isReached(grant, viewer, { path, departmentId: null, handlerId: memberId })
}

function memberOf(viewer: Viewer): string {
  if (viewer.memberId) return viewer.memberId
  throw new Refusal('not_allowed', 'This account belongs to no member, so it cannot go on duty.')
}
