/** Suite `call`: C6, who is asked first. */
import { defaultCallRules } from '../../contract/calls.ts'
import type { LonLat } from '../../contract/geo.ts'
import { type CallPerson, rankCandidates } from '../../server/calls/rank-candidates.ts'
import { LiveStore } from '../../server/positions/live-store.ts'
import { atOnce } from '../../server/walking/in-slices.ts'
import { buildNetwork } from '../../server/walking/network.ts'
import { WalkingSearch } from '../../server/walking/walking-search.ts'
import { demoDistrict } from '../support/demo-district.ts'
import { WalkingOracle } from '../support/walking-oracle.ts'
import type { Bench, Suite } from './bench.ts'

const PEOPLE = 10_000
const WANTED = 8
const QUESTIONS = 400
/** Of them, so many are held against the oracle, which takes seconds for each. */
const CHECKED = 6
const NOW = 1_800_000_000_000

export const call: Suite = {
  name: 'call',
  async run(bench) {
    await measureRanking(bench)
  },
}

/** A number from 0 to 1 that is the same in every run. */
const chance = (seed: number) => (Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d) >>> 0) / 2 ** 32

async function measureRanking(bench: Bench): Promise<void> {
  const lines = (await demoDistrict()).baseFeatures.flatMap(({ shape, isWalkable }) =>
    isWalkable && shape.type === 'LineString' ? [shape.line as LonLat[]] : [],
  )
  const since = performance.now()
  const network = atOnce(buildNetwork(lines))
  if (!network) throw new Error('The demo district has no walking network.')
  bench.record({ id: 'C6.network-built', value: performance.now() - since, unit: 'ms' })
  const nodes = network.longitudes.length
  bench.say(`C6: ${WANTED} of ${PEOPLE} on duty, on a network of ${nodes} corners, ${QUESTIONS} places`)

  /** Somewhere near a street, up to some hundred metres from it. */
  const placeAt = (seed: number): LonLat => {
    const node = Math.floor(chance(seed) * nodes)
    const away = chance(seed + 1) ** 3 * 0.003
    const turn = chance(seed + 2) * 2 * Math.PI
    return [
      (network.longitudes[node] as number) + away * Math.cos(turn),
      (network.latitudes[node] as number) + away * Math.sin(turn),
    ]
  }
  const store = new LiveStore([113.9, 22.6, 114.1, 22.8])
  const people: CallPerson[] = []
  for (let index = 0; index < PEOPLE; index++) {
    const memberId = `m${index}`
    store.put({
      memberId,
      handle: index,
      position: placeAt(index * 31 + 7),
      fixAt: NOW - Math.floor(chance(index + 5) * 50_000),
      accuracyMetres: 3 + chance(index + 9) * 60,
      headingDegrees: null,
      staleAfterMs: 30_000,
      areaOrder: index % 150,
      flags: 0,
    })
    people.push({
      memberId,
      name: memberId,
      badge: null,
      isPartyMember: index % 3 === 0,
      isGridMember: index % 2 === 0,
      skills: index % 40 === 0 ? ['plumber'] : [],
      areaId: `grid-${index % 150}`,
      path: `/street/grid-${index % 150}/`,
    })
  }

  const ask = (place: LonLat, skill: 'plumber' | null) =>
    rankCandidates(
      { store, people, ways: WalkingSearch.from(network, place), rules: defaultCallRules, now: NOW },
      {
        place,
        areaId: 'grid-7',
        scope: ['/street/'],
        wish: null,
        skill,
        asked: new Set(),
        isInCall: () => false,
        isReachable: () => true,
        callsToday: () => 0,
        limit: WANTED,
      },
    )
  // The first questions are answered before the code is compiled.
  for (let warm = 0; warm < 20; warm++) ask(placeAt(warm), null)
  for (const skill of [null, 'plumber'] as const) {
    const times: number[] = []
    for (let question = 0; question < QUESTIONS; question++) {
      const place = placeAt(900_000 + question * 13)
      const from = performance.now()
      ask(place, skill)
      times.push(performance.now() - from)
    }
    times.sort((a, b) => a - b)
    const at = (share: number) => times[Math.floor(share * times.length)] ?? null
    const of = skill === null ? 'anybody' : 'one in forty'
    bench.record({ id: `C6.rank p50 (${of})`, value: at(0.5), unit: 'ms' })
    bench.record({ id: `C6.rank p95 (${of})`, value: at(0.95), unit: 'ms', goal: { atMost: 20 } })
  }

  const oracle = new WalkingOracle(lines)
  const attached = people.map(({ memberId }) => {
    const slot = store.slotOf(memberId) ?? 0
    return oracle.attach([store.longitudeAt(slot), store.latitudeAt(slot)])
  })
  let different = 0
  for (let question = 0; question < CHECKED; question++) {
    const place = placeAt(900_000 + question * 13)
    const start = oracle.attach(place)
    const reached = oracle.reach(start)
    const expected = people
      .map(({ memberId, areaId }, index) => {
        const slot = store.slotOf(memberId) ?? 0
        const way = oracle.metres(start, reached, attached[index] as (typeof attached)[number])
        return way + store.accuracyAt(slot) + (NOW - store.fixAt(slot)) / 1000 - (areaId === 'grid-7' ? 60 : 0)
      })
      .sort((a, b) => a - b)
      .slice(0, WANTED)
    const { ranked } = ask(place, null)
    different += expected.filter((seconds, at) => Math.abs(seconds - (ranked[at]?.rankSeconds ?? 0)) > 0.01).length
  }
  bench.record({ id: 'C6.different-from-oracle', value: different, unit: 'places', goal: { atMost: 0 } })
}
