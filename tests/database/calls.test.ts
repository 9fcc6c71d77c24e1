/** Calls on rows: one winner among many, nobody without an owner through kills, limits, and what a caller may see. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ownerOf } from '../../contract/call-ladder.ts'
import type { MemberCall } from '../../contract/calls.ts'
import type { Viewer } from '../../server/auth/viewer.ts'
import { ladderOf } from '../../server/calls/calls.service.ts'
import { createCalls } from '../../server/calls.ts'
import { Refusal } from '../../server/errors.ts'
import { LiveStore } from '../../server/positions/live-store.ts'
import { insertAccount } from '../support/accounts.ts'
import { insertMember, insertStreet, middleOf, placeIn, type StreetIds } from '../support/builders.ts'
import { aPress } from '../support/calls.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { viewerOf } from '../support/viewers.ts'

const ROUNDS = 150
const CONTENDERS = 8

let test: TestDatabase
let street: StreetIds
let dispatcher: Viewer
beforeAll(async () => {
  test = await createTestDatabase()
  street = await insertStreet(test.db)
  const account = await insertAccount(test.db, 'dispatcher', { scope: [street.street] })
  dispatcher = viewerOf('dispatcher', ['/440311001/'], { accountId: account.id })
})
afterAll(() => test.drop())
beforeEach(() =>
  test.db.query(
    `UPDATE calls SET state = 'cancelled', offer_id = NULL, due_at = NULL, ended_at = now() WHERE ended_at IS NULL`,
  ),
)
beforeEach(() => test.db.query(`UPDATE call_offers SET outcome = 'withdrawn', ended_at = now() WHERE outcome IS NULL`))

let clock = Date.UTC(2026, 10, 22, 4)

/** A process: what it rang is written down, its clock is the test's, and it sweeps when told to. */
function aProcess(members: Record<string, [number, number]>) {
  const store = new LiveStore([114, 22.7, 114.04, 22.71])
  for (const [memberId, position] of Object.entries(members))
    store.put({
      memberId,
      handle: 1,
      position,
      fixAt: clock + 3_600_000,
      accuracyMetres: 5,
      headingDegrees: null,
      staleAfterMs: 30_000,
      areaOrder: 0,
      flags: 0,
    })
  const rung: { memberId: string; call: MemberCall }[] = []
  const process = createCalls({
    db: test.db,
    now: () => clock,
    onFault: (error) => {
      throw error
    },
    life: { store, isOnDuty: (memberId) => memberId in members },
    clients: () => [],
    channel: {
      reach: async () => (memberId) => (memberId in members ? 'page' : null),
      ring: (memberId, call) => rung.push({ memberId, call }),
      hush: () => {},
    },
  })
  return { ...process, rung }
}

/** Members on duty, the first one nearest to the middle of the first grid. */
async function onDuty(count: number): Promise<[string, [number, number]][]> {
  const made: [string, [number, number]][] = []
  for (let index = 0; index < count; index++) {
    const id = await insertMember(test.db, {}, [{ post: 'gridMember', area_id: street.grids[1] }])
    await test.db.query(`INSERT INTO duties (id, member_id, started_at) VALUES ($1, $2, now())`, [randomUUID(), id])
    made.push([id, placeIn(0, 0, 0.5, 0.5 + (index + 1) * 0.02)])
  }
  return made
}
const here = middleOf(0, 0)
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'won',
    (error: unknown) => {
      if (error instanceof Refusal) return error.code
      throw error
    },
  )
const rowOf = async (id: string) => {
  const row = await aProcess({}).queries.find(id)
  if (!row) throw new Error('The call is gone.')
  return row
}

it(`${ROUNDS} offers × ${CONTENDERS} contenders: one winner each, no call without an owner`, async () => {
  const members = await onDuty(3)
  const { calls, rung } = aProcess(Object.fromEntries(members))
  const others = members.slice(1).map(([id]) => id)
  let [doubles, orphans, refusals] = [0, 0, 0]
  for (let round = 0; round < ROUNDS; round++) {
    const { id } = await calls.place(aPress(here), null)
    const { memberId, call } = rung.at(-1) as (typeof rung)[number]
    const offerId = call.offerId ?? ''
    const viewer = viewerOf('member', [], { memberId })
    const rivals = [
      () => calls.accept(viewer, memberId, offerId),
      () => calls.accept(viewer, memberId, offerId),
      () => calls.accept(viewer, others[0] ?? '', offerId),
      () => calls.accept(viewer, others[1] ?? '', offerId),
      () => calls.decline(viewer, memberId, offerId, 'busy'),
      () => calls.take(id, { kind: 'takeOver', accountId: dispatcher.accountId }),
      () => calls.take(id, { kind: 'cancel' }),
      () => calls.tick(id),
    ]
    const answers = await Promise.all(rivals.sort(() => Math.random() - 0.5).map((rival) => codeOf(rival())))
    refusals += answers.filter((answer) => answer !== 'won').length
    const row = await rowOf(id)
    const isEnded = row.state === 'cancelled'
    if (!isEnded && ownerOf(ladderOf(row)) === null) orphans++
    const [{ accepted } = { accepted: 0 }] = await test.db.query<{ accepted: number }>(
      `SELECT count(*) AS accepted FROM call_offers WHERE call_id = $1 AND outcome = 'accepted'`,
      [id],
    )
    if (accepted > 1) doubles++
    if (!isEnded) await calls.take(id, { kind: 'cancel' })
  }
  expect({ doubles, orphans }).toEqual({ doubles: 0, orphans: 0 })
  expect(refusals).toBeGreaterThan(ROUNDS)
  expect(new Set(rung.map(({ call }) => call.offerId)).size).toBe(rung.length)
}, 300_000)

describe('the ladder', () => {
  it('asks the nearest, then the next, then the dispatchers, then everybody', async () => {
    const members = await onDuty(4)
    const { calls, rung, sweeper } = aProcess(Object.fromEntries(members))
    const { id } = await calls.place(aPress(here), null)
    await calls.delivered(members[0]?.[0] ?? '', rung[0]?.call.offerId ?? '')
    clock += 14_900
    await sweeper.sweep()
    expect((await rowOf(id)).hop).toBe(1)
    clock += 200
    await sweeper.sweep()
    // The second phone is dead.
    clock += 5_100
    await sweeper.sweep()
    const third = rung[2]
    await calls.decline(viewerOf('member'), third?.memberId ?? '', third?.call.offerId ?? '', 'tooFar')
    expect(rung.map(({ memberId }) => memberId)).toEqual(members.slice(0, 3).map(([memberId]) => memberId))
    expect(await rowOf(id)).toMatchObject({ state: 'dispatcher', queuedBecause: 'allAsked' })
    expect((await calls.rankingFor(await rowOf(id), 8, ['/'])).leftOutCounts).toMatchObject({ asked: 3 })
    clock += 30_100
    await sweeper.sweep()
    expect((await rowOf(id)).state).toBe('alarm')
    const outcomes = await test.db.query('SELECT outcome FROM call_offers WHERE call_id = $1 ORDER BY rung_at', [id])
    expect(outcomes).toEqual([{ outcome: 'silent' }, { outcome: 'dead' }, { outcome: 'declined' }])
    await sweeper.stop()
  })

  it('goes on where a killed process left it, and rings nobody twice for one offer', async () => {
    const members = await onDuty(3)
    const killed = aProcess(Object.fromEntries(members))
    const { id } = await killed.calls.place(aPress(here), null)
    await killed.sweeper.sweep()
    // Its lease runs out by itself.
    clock += 5_100
    const next = aProcess(Object.fromEntries(members))
    await next.sweeper.sweep()
    expect(next.rung.map(({ memberId }) => memberId)).toEqual([members[1]?.[0]])
    expect(next.rung[0]?.call.offerId).not.toBe(killed.rung[0]?.call.offerId)
    // The late answer of the first is told that it has moved on.
    const late = viewerOf('member', [], { memberId: members[0]?.[0] ?? null })
    expect(await codeOf(next.calls.accept(late, members[0]?.[0] ?? '', killed.rung[0]?.call.offerId ?? ''))).toBe(
      'call_over',
    )
    await next.calls.take(id, { kind: 'cancel' })
    // Killed between the press and the first ring.
    await test.db.query(`UPDATE calls SET state = 'searching', due_at = $2, ended_at = NULL WHERE id = $1`, [
      id,
      new Date(clock),
    ])
    await next.sweeper.sweep()
    expect(await rowOf(id)).toMatchObject({ state: 'ringing', hop: 3 })
    await next.sweeper.stop()
  })

  it('only one process sweeps', async () => {
    const [first, second] = [aProcess({}), aProcess({})]
    const { id } = await first.calls.place(aPress(here), null)
    expect((await rowOf(id)).state).toBe('dispatcher')
    await first.sweeper.sweep()
    clock += 1_900
    await second.sweeper.sweep()
    expect(await second.queries.takeLease('calls', randomUUID(), clock, clock + 1)).toBe(false)
    await first.sweeper.stop()
    expect(await second.queries.takeLease('calls', randomUUID(), clock, clock - 1)).toBe(true)
  })

  it('a member is asked for one call at a time', async () => {
    const members = await onDuty(2)
    const { calls, rung } = aProcess(Object.fromEntries(members))
    await Promise.all([calls.place(aPress(here), null), calls.place(aPress(here), null)])
    expect(new Set(rung.map(({ memberId }) => memberId)).size).toBe(2)
    const { id } = await calls.place(aPress(here), null)
    expect(await rowOf(id)).toMatchObject({ state: 'dispatcher', queuedBecause: 'noCandidate' })
  })
})

describe('limits', () => {
  it('the same secret is the same call; a second open one of a device, and a fourth in the hour, are the dispatchers’', async () => {
    const members = await onDuty(1)
    const { calls } = aProcess(Object.fromEntries(members))
    const press = aPress(here)
    const first = await calls.place(press, null)
    expect((await calls.place(press, null)).id).toBe(first.id)
    const again = () => calls.place(aPress(here, { deviceId: press.deviceId }), null)
    const second = await again()
    expect(second).toMatchObject({ state: 'dispatcher', queuedBecause: 'alreadyOpen' })
    for (const { id } of [first, second]) await calls.take(id, { kind: 'cancel' })
    const third = await again()
    expect(third.state).toBe('ringing')
    await calls.take(third.id, { kind: 'cancel' })
    expect(await again()).toMatchObject({ state: 'dispatcher', queuedBecause: 'overLimit' })
  })

  it('a flood from one address does not take the members from somebody else', async () => {
    const members = await onDuty(70)
    const { calls } = aProcess(Object.fromEntries(members))
    const states = new Map<string, number>()
    for (let count = 0; count < 66; count++) {
      const { state } = await calls.place(aPress(here), '203.0.113.7')
      states.set(state, (states.get(state) ?? 0) + 1)
    }
    expect(Object.fromEntries(states)).toEqual({ ringing: 60, dispatcher: 6 })
    expect((await calls.place(aPress(here), '203.0.113.8')).state).toBe('ringing')
  }, 120_000)

  it('a place far outside is refused with whom to call', async () => {
    const { calls } = aProcess({})
    await expect(calls.place(aPress([121.5, 31.2]), null)).rejects.toThrow('110')
  })
})

describe('what the caller sees', () => {
  it('bands by the square of 500 m before acceptance, nothing exact unless verified, nothing after the end', async () => {
    const [[memberId, position]] = (await onDuty(1)) as [[string, [number, number]]]
    const press = aPress(here)
    const { calls, caller, rung } = aProcess({ [memberId]: position })
    const ringing = await caller.place(press, null)
    expect(ringing).toMatchObject({ state: 'ringing', hop: 1, band: 'within500', helper: null, minutes: null })
    expect(ringing.position).toBeNull()
    const viewer = viewerOf('member', [], { memberId })
    const { id } = await calls.accept(viewer, memberId, rung[0]?.call.offerId ?? '')
    const accepted = await caller.follow(press.secret)
    expect(accepted).toMatchObject({ helper: { surname: '林' }, minutes: null, position: null })
    await test.db.query('UPDATE calls SET is_verified = true WHERE id = $1', [id])
    const verified = await caller.follow(press.secret)
    expect(verified.position).not.toBeNull()
    expect(verified.position).not.toEqual(position)
    await calls.progress(viewer, memberId, { callId: id, to: 'done' })
    expect(await caller.follow(press.secret)).toMatchObject({
      state: 'done',
      band: null,
      position: null,
      minutes: null,
    })
    expect(await caller.rate({ secret: press.secret, stars: 5, text: null })).toMatchObject({
      state: 'rated',
      stars: 5,
    })
    expect((await caller.rate({ secret: press.secret, stars: 5, text: null })).stars).toBe(5)
    await expect(caller.rate({ secret: press.secret, stars: 1, text: null })).rejects.toThrow('ended')
    const everything = JSON.stringify([ringing, accepted, verified])
    expect(everything).not.toContain(memberId)
    expect(everything).not.toContain('13800001234')
  })

  it('cancels twice as once, and nobody has the call of another secret', async () => {
    const { caller } = aProcess({})
    const press = aPress(here)
    await caller.place(press, null)
    expect((await caller.cancel(press.secret)).state).toBe('cancelled')
    expect((await caller.cancel(press.secret)).state).toBe('cancelled')
    await expect(caller.follow('y'.repeat(43))).rejects.toThrow('not found')
  })
})
