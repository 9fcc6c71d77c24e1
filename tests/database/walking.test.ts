/** The walking network out of the database; on the real inner city, the river decides and not the air line. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultCallRules } from '#contract/calls'
import type { LonLat } from '#contract/geo'
import { rankCandidates } from '../../server/calls/rank-candidates.ts'
import { connect, type Database } from '../../server/database/connect.ts'
import { LiveStore } from '../../server/positions/live-store.ts'
import { walkingQueries } from '../../server/walking/walking.queries.ts'
import { createWalkingService, type WalkingService } from '../../server/walking/walking.service.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { load } from '../support/load.ts'
import { realFile } from '../support/real-data.ts'
import { greatCircle } from '../support/walking-oracle.ts'

const NOW = 1_800_000_000_000
/** On the Bund, west of the Huangpu. */
const CALLER: LonLat = [121.4852, 31.239]
/** In Lujiazui, on the other bank. */
const OVER_THE_RIVER: LonLat = [121.4922, 31.2385]
/** In the old town: farther as the crow flies. */
const SAME_BANK: LonLat = [121.4818, 31.2322]

let test: TestDatabase
let db: Database
let walking: WalkingService
beforeAll(async () => {
  test = await createTestDatabase()
  db = connect(test.address, { queryTimeoutMs: 60_000 })
  walking = createWalkingService({ queries: walkingQueries(db) })
})
afterAll(async () => {
  await db.close()
  await test.drop()
})

function rank(people: Record<string, LonLat>) {
  const store = new LiveStore([121.48, 31.22, 121.53, 31.26])
  for (const [memberId, position] of Object.entries(people))
    store.put({
      memberId,
      handle: 1,
      position,
      fixAt: NOW,
      accuracyMetres: 5,
      headingDegrees: null,
      staleAfterMs: 30_000,
      areaOrder: 0,
      flags: 0,
    })
  const persons = Object.keys(people).map((memberId) => ({
    memberId,
    name: memberId,
    badge: null,
    isPartyMember: true,
    isGridMember: true,
    skills: [],
    areaId: null,
    path: null,
  }))
  return rankCandidates(
    { store, people: persons, ways: walking.from(CALLER), rules: defaultCallRules, now: NOW },
    {
      place: CALLER,
      areaId: null,
      scope: ['/'],
      wish: null,
      skill: null,
      asked: new Set(),
      isInCall: () => false,
      isReachable: () => true,
      callsToday: () => 0,
      limit: 8,
    },
  )
}

it('there is none before anything is loaded: the straight line decides, and is called so', async () => {
  await walking.rebuild()
  expect(walking.size()).toBe(0)
  const { ranked } = rank({ over: OVER_THE_RIVER, same: SAME_BANK })
  expect(ranked.map(({ memberId, way }) => [memberId, way])).toEqual([
    ['over', 'straight'],
    ['same', 'straight'],
  ])
})

it('in Shanghai the member across the Huangpu does not win by air distance', async () => {
  expect((await load(db, 'roads.geojson', realFile('shanghai-bund/roads.geojson'))).state).toBe('done')
  await walking.rebuild()
  // Both banks and what hangs on them, less the tunnels for cars and the loose ends.
  expect(walking.size()).toBeGreaterThan(4_000)
  expect(greatCircle(CALLER, OVER_THE_RIVER)).toBeLessThan(greatCircle(CALLER, SAME_BANK))
  const { ranked, leftOut } = rank({ over: OVER_THE_RIVER, same: SAME_BANK })
  expect(ranked.map(({ memberId, way }) => [memberId, way])).toEqual([['same', 'network']])
  expect(ranked[0]?.wayMetres).toBeGreaterThan(greatCircle(CALLER, SAME_BANK))
  expect(ranked[0]?.wayMetres).toBeLessThan(2 * greatCircle(CALLER, SAME_BANK))
  expect(leftOut).toEqual([{ memberId: 'over', name: 'over', reason: 'noWay' }])
})
