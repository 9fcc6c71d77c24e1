import { expect, it } from 'vitest'
import type { LatestPosition, PositionsQueries } from '../../../server/positions/positions.queries.ts'
import { createPositionsWriter, type WaitingLatest } from '../../../server/positions/positions.writer.ts'

const at = (memberId: string, fixAt: number): LatestPosition => ({
  memberId,
  fixAt,
  longitude: 114,
  latitude: 22.7,
  accuracyMetres: 8,
  headingDegrees: null,
  source: 'gateway',
  reportsEveryMs: 10_000,
  isSuspect: false,
})

/** A writer over a database that notes what it is given, as "member@time"; `during` happens in the midst of a write. */
function setUp(during: (write: number) => void = () => {}) {
  const writes: string[][] = []
  const saveLatest: PositionsQueries['saveLatest'] = async (rows) => {
    writes.push(rows.map(({ memberId, fixAt }) => `${memberId}@${fixAt}`))
    during(writes.length)
  }
  const queries = { saveLatest } as PositionsQueries
  return { writes, writer: createPositionsWriter({ queries, now: () => 0, onFault: () => {} }) }
}

it('writes the newest position of each member once, and nothing when nothing came', async () => {
  const { writer, writes } = setUp()
  const [a, b]: WaitingLatest[] = [{ row: null }, { row: null }]
  if (!a || !b) throw new Error('Two places.')
  writer.setLatest(a, at('a', 1))
  writer.setLatest(b, at('b', 1))
  writer.setLatest(a, at('a', 2))
  await writer.flush()
  await writer.flush()
  expect(writes).toEqual([['a@2', 'b@1']])
})

it('writes one that came while an older one was written', async () => {
  const place: WaitingLatest = { row: null }
  const { writer, writes } = setUp((write) => {
    if (write === 1) writer.setLatest(place, at('a', 2))
  })
  writer.setLatest(place, at('a', 1))
  await writer.flush()
  await writer.flush()
  expect(writes).toEqual([['a@1'], ['a@2']])
})

it('holds on to what the database did not take, newest first, and lets go of who is forgotten', async () => {
  const [a, b]: WaitingLatest[] = [{ row: null }, { row: null }]
  if (!a || !b) throw new Error('Two places.')
  const { writer, writes } = setUp((write) => {
    if (write === 1) throw new Error('timeout')
  })
  writer.setLatest(a, at('a', 1))
  writer.setLatest(b, at('b', 1))
  await expect(writer.flush()).rejects.toThrow('timeout')
  writer.setLatest(a, at('a', 2))
  b.row = null
  await writer.flush()
  await writer.flush()
  expect(writes).toEqual([['a@1', 'b@1'], ['a@2']])
})
