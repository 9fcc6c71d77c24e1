import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Fix } from '#contract/positions'
import { dutyQueries } from '../../server/duty/duty.queries.ts'
import { DutyBook } from '../../server/duty/duty-book.ts'
import { LiveStore } from '../../server/positions/live-store.ts'
import { positionsQueries } from '../../server/positions/positions.queries.ts'
import { createPositionsService } from '../../server/positions/positions.service.ts'
import { sweepPositions } from '../../server/positions/positions.sweeper.ts'
import { createPositionsWriter } from '../../server/positions/positions.writer.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const DAY_MS = 86_400_000
const channel = { source: 'browser', reportsEveryMs: 10_000 } as const

let test: TestDatabase
let memberId: string
beforeAll(async () => {
  test = await createTestDatabase()
  await sweepPositions(positionsQueries(test.db), NOW)
})
afterAll(() => test.drop())
beforeEach(async () => {
  memberId = uuid()
  await test.db.query('INSERT INTO members (id, code, name) VALUES ($1, $2, $3)', [memberId, memberId, '周正'])
})

function setUp(now = NOW) {
  const book = new DutyBook()
  const store = new LiveStore([114, 22.7, 114.04, 22.71])
  const queries = positionsQueries(test.db)
  const writer = createPositionsWriter({
    queries,
    now: () => now,
    onFault: (error) => {
      throw error
    },
  })
  const service = createPositionsService({
    store,
    book,
    writer,
    profileOf: (id) => (book.isOn(id) ? { areaOrder: 0, flags: 0, handle: 1 } : undefined),
    area: () => null,
    now: () => now,
  })
  return { book, store, queries, writer, service }
}

const fixAt = (takenAt: number, longitude = 114.01): Fix => ({
  takenAt,
  sentAt: null,
  position: [longitude, 22.705],
  accuracyMetres: 8,
  speedMetresPerSecond: null,
  headingDegrees: 90,
  batteryPercent: null,
  isMock: false,
})

const historyOf = (queries: ReturnType<typeof positionsQueries>, id: string) =>
  queries.history(id, NOW - 2 * DAY_MS, NOW + DAY_MS, 1_000)

it('keeps every fix of a duty once, whatever the order, and shows the newest', async () => {
  const { book, store, queries, writer, service } = setUp()
  await dutyQueries(test.db).start(uuid(), memberId, NOW - 3_600_000)
  book.start(memberId, NOW - 3_600_000)
  const trace = Array.from({ length: 200 }, (_, index) => fixAt(NOW - index * 5_000, 114 + index * 1e-5))
  const shuffled = [...trace, ...trace.slice(0, 20)].sort((a, b) => Math.sin(a.takenAt) - Math.sin(b.takenAt))
  for (const fix of shuffled) service.receive(memberId, fix, channel)
  await service.durable()

  const history = await historyOf(queries, memberId)
  expect(history.map((row) => row.fixAt)).toEqual(trace.map(({ takenAt }) => takenAt).sort())
  expect(store.longitudeAt(store.slotOf(memberId) ?? -1)).toBe(114)
  const [latest] = (await writer.stored()).filter((row) => row.memberId === memberId)
  expect(latest).toMatchObject({ fixAt: NOW, longitude: 114, headingDegrees: 90, source: 'browser' })
})

it('stores nothing of a person off duty, and says why', async () => {
  const { queries, service } = setUp()
  expect(service.receive(memberId, fixAt(NOW), channel)).toBe('offDuty')
  await service.durable()
  expect(await historyOf(queries, memberId)).toEqual([])
  const counted = (await queries.refusalsSince(NOW - DAY_MS)).filter(({ reason }) => reason === 'offDuty')
  expect(counted[0]?.count).toBeGreaterThan(0)
})

it('shows everyone on duty after a restart, with the true age', async () => {
  const first = setUp()
  await dutyQueries(test.db).start(uuid(), memberId, NOW - 60_000)
  first.book.start(memberId, NOW - 60_000)
  first.service.receive(memberId, fixAt(NOW - 20_000), channel)
  await first.service.durable()

  const second = setUp(NOW + 40_000)
  second.book.start(memberId, NOW - 60_000)
  second.service.restore(await second.writer.stored())
  const slot = second.store.slotOf(memberId) ?? -1
  expect(NOW + 40_000 - second.store.fixAt(slot)).toBe(60_000)
  // The track is restored too: an older fix does not move the mark back.
  expect(second.service.receive(memberId, fixAt(NOW - 30_000), channel)).toBe('historyOnly')
})

it('leaves no latest position behind when a duty ends while a batch is on its way', async () => {
  const { book, writer, service } = setUp()
  const duties = dutyQueries(test.db)
  await duties.start(uuid(), memberId, NOW - 60_000)
  book.start(memberId, NOW - 60_000)
  service.receive(memberId, fixAt(NOW), channel)
  await duties.end(memberId, NOW, 'self')
  await service.durable()
  expect((await writer.stored()).map((row) => row.memberId)).not.toContain(memberId)
})

it('holds on to positions while the database is away', async () => {
  let isAway = true
  const { queries } = setUp()
  const writer = createPositionsWriter({
    queries: {
      ...queries,
      appendHistory: (rows) => (isAway ? Promise.reject(new Error('timeout')) : queries.appendHistory(rows)),
    },
    now: () => NOW,
    onFault: () => {},
  })
  writer.addHistory({ memberId, fixAt: NOW, longitude: 114, latitude: 22.7, accuracyMetres: null })
  await expect(writer.flush()).rejects.toThrow('timeout')
  isAway = false
  await writer.flush()
  expect(await historyOf(queries, memberId)).toHaveLength(1)
})

it('deletes raw positions past their time, to the very row', async () => {
  const queries = positionsQueries(test.db)
  await queries.ensurePartitions(NOW - 9 * DAY_MS, NOW)
  const rows = [9, 8, 7.1, 6.9, 0].map((days) => ({
    memberId,
    fixAt: NOW - days * DAY_MS,
    longitude: 114,
    latitude: 22.7,
    accuracyMetres: 5,
  }))
  await queries.appendHistory(rows)
  await sweepPositions(queries, NOW)
  const left = await queries.history(memberId, 0, NOW, 100)
  expect(left.map((row) => (NOW - row.fixAt) / DAY_MS)).toEqual([6.9, 0])
  const [past] = await test.db.query<{ count: number }>(
    'SELECT count(*) AS count FROM position_history WHERE fix_at < $1',
    [new Date(NOW - 7 * DAY_MS)],
  )
  expect(past?.count).toBe(0)
})
