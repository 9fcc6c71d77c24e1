import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OpenCase } from '#contract/cases'
import type { Viewer } from '../../server/auth/viewer.ts'
import { factsQueries } from '../../server/facts/facts.queries.ts'
import { createFactsService, type RecordReaders } from '../../server/facts/facts.service.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

const dispatcher = (scope: string): Viewer => ({
  accountId: uuid(),
  name: '程雨涵',
  role: 'dispatcher',
  scope: [scope],
  memberId: null,
  departmentId: null,
})
const caseOf = (id: string) => ({ id, title: '楼道堆物' }) as OpenCase

/** Every case in `places` exists, and is seen by those whose scope holds its path. */
function service(places: Map<string, string>, onRead = () => {}) {
  const readers: RecordReaders = {
    async case(ids) {
      onRead()
      return (viewer) =>
        new Map(
          ids
            .filter((id) => viewer.scope.some((prefix) => places.get(id)?.startsWith(prefix)))
            .map((id) => [id, caseOf(id)]),
        )
    },
    servicePoint: async () => () => new Map(),
    duty: async () => () => new Map(),
    call: async () => () => new Map(),
  }
  return createFactsService({ queries: factsQueries(test.db), readers })
}

it('gives numbers without a gap, in the order of commit, through aborted and simultaneous changes', async () => {
  const before = (await factsQueries(test.db).range()).newest
  const changes = Array.from({ length: 40 }, (_, index) =>
    test.db
      .transaction(async (tx) => {
        await factsQueries(tx).note('case', [
          { id: uuid(), areaPath: '/a/' },
          { id: uuid(), areaPath: '/a/' },
        ])
        if (index % 4 === 0) throw new Error('aborted')
      })
      .catch(() => {}),
  )
  await Promise.all(changes)
  const rows = await factsQueries(test.db).after(before, 1_000)
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, index) => before + index + 1))
})

it('tells each viewer what is his, and that a record has gone only where it was', async () => {
  const [seen, gone] = [uuid(), uuid()]
  const facts = service(new Map([[seen, '/a/x/']]))
  await facts.start()
  await factsQueries(test.db).note('case', [
    { id: seen, areaPath: '/a/x/' },
    { id: gone, areaPath: '/a/x/' },
  ])
  const batch = await facts.next()
  expect(batch?.seenBy(dispatcher('/a/')).map(({ id, record }) => [id, record !== null])).toEqual([
    [seen, true],
    [gone, false],
  ])
  expect(batch?.seenBy(dispatcher('/b/'))).toEqual([])
  expect(batch?.seenBy({ ...dispatcher('/'), role: 'wall' }).map(({ id }) => id)).toEqual([seen, gone])
  expect(await facts.next()).toBeNull()
})

it('resumes with each record once, and asks for a snapshot when too much was missed or the number is not ours', async () => {
  const id = uuid()
  const places = new Map([[id, '/a/']])
  const facts = service(places)
  await facts.start()
  const from = facts.position()
  const settled: number[] = []
  const resume = (after: number, of = facts) => of.resume(dispatcher('/a/'), after, (seq) => settled.push(seq))
  for (let count = 0; count < 3; count++) await factsQueries(test.db).note('case', [{ id, areaPath: '/a/' }])
  // Not told to anybody yet: whoever resumes now is told with the others.
  expect(await resume(from)).toEqual({ seq: from, facts: [] })
  await facts.next()
  const answer = await resume(from)
  expect(answer.seq).toBe(from + 3)
  expect(answer.facts?.map(({ seq }) => seq)).toEqual([from + 3])
  expect((await resume(from + 3)).facts).toEqual([])
  expect((await resume(from + 99)).facts).toBeNull()
  expect(settled).toEqual([from, from + 3, from + 3, from + 3])
  await factsQueries(test.db).forgetBefore(Date.now() + 60_000)
  const restarted = service(places)
  await restarted.start()
  expect((await resume(from, restarted)).facts).toBeNull()
  expect((await resume(from + 3, restarted)).facts).toEqual([])
})

it('after a restart reaches back to what was told before, with one reading for all who ask at once', async () => {
  const ids = Array.from({ length: 30 }, () => uuid())
  const before = (await factsQueries(test.db).range()).newest
  await factsQueries(test.db).note(
    'case',
    ids.map((id) => ({ id, areaPath: '/a/' })),
  )
  let readings = 0
  const facts = service(new Map(ids.map((id) => [id, '/a/'])), () => readings++)
  await facts.start()
  const answers = await Promise.all(
    ids.map((_, index) => facts.resume(dispatcher(index % 2 ? '/a/' : '/b/'), before + index, () => {})),
  )
  expect(answers.map(({ facts: missed }) => missed?.length)).toEqual(
    ids.map((_, index) => (index % 2 ? ids.length - index : 0)),
  )
  expect(readings).toBe(1)
  await factsQueries(test.db).note('case', [{ id: ids[0] ?? '', areaPath: '/a/' }])
  await facts.next()
  const answer = await facts.resume(dispatcher('/a/'), before, () => {})
  expect(answer.facts?.map(({ id }) => id)).toEqual([...ids.slice(1), ids[0]])
})
