/**
 * P1 and P2: the nearest 8 of 100,000 members, asked of the product's own service while 20,000 fixes a second pass its
 * funnel, and of PostGIS and Redis under the same load. A sample of our answers is held against brute force.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import pg from 'pg'
import { routes } from '../../../contract/routes.ts'
import type { Viewer } from '../../../server/auth/viewer.ts'
import { viewerOf } from '../../support/viewers.ts'
import type { Bench } from '../bench.ts'
import type { Redis } from '../redis.ts'
import { against, median, ofRounds, ROUNDS } from '../rounds.ts'
import { startWorker } from '../worker.ts'
import { CITY, metresIn, moved } from './city.ts'
import type { HttpLoad } from './http-load.child.ts'
import type { Installation } from './installation.ts'
import type { MovingCity } from './moving-city.ts'

const NEAREST = 8
const UPDATES_PER_SECOND = 20_000
const ROUND_MS = 1_500
const CALLS_BETWEEN_UPDATES = 32
/**
 * A check looks at everybody and leaves a hundred thousand objects behind, so all of a round's come after its calls,
 * with people where its updates have left them.
 */
const CHECKS_A_ROUND = 20
const POOL = 8
const UNDER_WAY = 16
const UPDATE_BATCH = 1_000
/** The peers fetch so many by straight distance and rank them by worst distance afterwards. */
const CANDIDATES = 40

export interface NearestParts {
  installation: Installation
  city: MovingCity
  /** The product's clock; it stands still while the peers have their turn. */
  clock: { now: number }
  redis: Redis | null
}

/** One question: half of the whole city's dispatchers, half of a street's, each within his reach and near people. */
interface Question {
  viewer: Viewer
  street: number | null
  place: [number, number]
}

export async function measureNearest(bench: Bench, parts: NearestParts): Promise<void> {
  const { installation, redis } = parts
  const questions = makeQuestions(parts)
  const cookie = await installation.signIn()
  const load = startWorker<HttpLoad>('live/http-load.child.ts')
  const postgis = await createPostgis(parts)
  const geo = redis && (await createGeoSet(redis, parts))
  const rates = { service: [] as number[], http: [] as number[], postgis: [] as number[], redis: [] as number[] }
  const absorbed = { service: [] as number[], postgis: [] as number[], redis: [] as number[] }
  const checks = { asked: 0, wrong: 0 }
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      const ours = await askService(parts, questions, checks)
      const theirs = await underLoad(postgis.ask, postgis.update, questions)
      const redisRound = geo && (await underLoad(geo.ask, geo.update, questions))
      const http = await askOverHttp(parts, load, questions, cookie)
      bench.say(
        `P1 round ${round}: ${Math.round(ours.calls)} calls/s, PostGIS ${Math.round(theirs.calls)}, Express ${Math.round(http)}`,
      )
      // The first round warms up.
      if (round === 0) continue
      rates.service.push(ours.calls)
      absorbed.service.push(ours.updates)
      rates.postgis.push(theirs.calls)
      absorbed.postgis.push(theirs.updates)
      rates.http.push(http)
      if (redisRound) {
        rates.redis.push(redisRound.calls)
        absorbed.redis.push(redisRound.updates)
      }
    }
    const unit = 'calls/s'
    bench.record({
      id: 'P1.nearest',
      unit,
      peer: `PostGIS <->, pool ${POOL}`,
      ...against(rates.service, rates.postgis),
      goal: { atLeast: 20 },
    })
    bench.record({ id: 'P1.checked-by-brute-force', value: checks.asked, unit: 'answers', goal: { atLeast: 100 } })
    bench.record({ id: 'P1.disagreements', value: checks.wrong, unit: 'answers', goal: { atMost: 0 } })
    bench.record({
      id: 'P1.updates-absorbed',
      unit: 'updates/s',
      peer: 'PostGIS',
      peerValue: median(absorbed.postgis),
      ...ofRounds(absorbed.service),
      goal: { atLeast: UPDATES_PER_SECOND * 0.99 },
    })
    bench.record({ id: 'P1.through-express', unit, ...ofRounds(rates.http) })
    if (geo)
      bench.record({
        id: 'P2.nearest',
        unit,
        peer: 'Redis GEOSEARCH, adaptive radius',
        ...against(rates.service, rates.redis),
        goal: { atLeast: 10 },
      })
    else bench.say('P2 is not measured: no Redis answers on 127.0.0.1:6379.')
  } finally {
    await Promise.all([load.end(), postgis.end(), geo?.end()])
  }
}

function makeQuestions({ installation: { members, streets } }: NearestParts): Question[] {
  const everywhere = viewerOf('dispatcher', ['/'])
  const ofStreet = streets.map(({ path }) => viewerOf('dispatcher', [path]))
  return Array.from({ length: 4_096 }, (_, index) => {
    const member = members[(index * 7_919) % members.length] as (typeof members)[number]
    const place = moved(member.home, (index % 101) - 50, (index % 97) - 48)
    const street = index % 2 === 0 ? null : member.street
    return { viewer: street === null ? everywhere : (ofStreet[street] as Viewer), street, place }
  })
}

/** Calls and updates a second. Both run on the one thread they run on in the product. */
async function askService(
  { installation, city, clock }: NearestParts,
  questions: Question[],
  checks: { asked: number; wrong: number },
) {
  const { nearest, positions } = installation.web.life
  const channel = { source: 'gateway', reportsEveryMs: installation.gateway.reportsEveryMs } as const
  let [calls, updates] = [0, 0]
  const since = performance.now()
  const elapsed = () => performance.now() - since
  const began = clock.now
  while (elapsed() < ROUND_MS) {
    clock.now = began + Math.floor(elapsed())
    for (const due = (elapsed() / 1_000) * UPDATES_PER_SECOND; updates < due; updates++) {
      const { index, fix } = city.next(clock.now)
      const verdict = positions.receive(installation.members[index]?.id ?? '', fix, channel)
      if (verdict !== 'live') throw new Error(`A fix of the bench was ${verdict}.`)
    }
    for (let count = 0; count < CALLS_BETWEEN_UPDATES; count++) {
      const question = questions[calls++ % questions.length] as Question
      await nearest.ask(question.viewer, question.place, NEAREST)
    }
    // Timers and the database's answers get their turn, as between requests.
    await breathe()
  }
  const seconds = elapsed() / 1_000
  for (let check = 0; check < CHECKS_A_ROUND; check++) {
    const { viewer, place, street } = questions[(calls + check) % questions.length] as Question
    const answer = await nearest.ask(viewer, place, NEAREST)
    const expected = city.bruteForce(place, NEAREST, clock.now, street)
    const ids = (people: { memberId: string }[]) => people.map(({ memberId }) => memberId).join()
    const isEqual = ids(answer.ranked) === expected.ranked.join() && ids(answer.leftOut) === expected.leftOut.join()
    checks.asked++
    if (!isEqual) checks.wrong++
  }
  return { calls: calls / seconds, updates: updates / seconds }
}

/** The same question through Express: session, policy, limits, parsing and an answer stripped to its schema. */
async function askOverHttp(
  { installation, city, clock }: NearestParts,
  load: { ask: (...args: Parameters<HttpLoad['ask']>) => Promise<number> },
  questions: Question[],
  cookie: string,
): Promise<number> {
  const { path } = routes['positions.nearest']
  const urls = questions
    .filter(({ street }) => street === 0)
    .map(({ place }) => `${installation.origin}${path}?longitude=${place[0]}&latitude=${place[1]}`)
  const channel = { source: 'gateway', reportsEveryMs: installation.gateway.reportsEveryMs } as const
  let isOver = false
  const moving = (async () => {
    const since = performance.now()
    const began = clock.now
    for (let updates = 0; !isOver; await breathe()) {
      clock.now = began + Math.floor(performance.now() - since)
      for (const due = ((performance.now() - since) / 1_000) * UPDATES_PER_SECOND; updates < due; updates++) {
        const { index, fix } = city.next(clock.now)
        installation.web.life.positions.receive(installation.members[index]?.id ?? '', fix, channel)
      }
    }
  })()
  const answered = await load.ask(urls, cookie, ROUND_MS, UNDER_WAY)
  isOver = true
  await moving
  return answered / (ROUND_MS / 1_000)
}

/** Asks with several questions under way while one more connection updates at the given rate, as far as it can. */
async function underLoad(
  ask: (question: Question) => Promise<void>,
  update: (indexes: number[]) => Promise<void>,
  questions: Question[],
) {
  let [calls, updates] = [0, 0]
  const since = performance.now()
  const elapsed = () => performance.now() - since
  const asker = async () => {
    while (elapsed() < ROUND_MS) await ask(questions[calls++ % questions.length] as Question)
  }
  const updater = async () => {
    while (elapsed() < ROUND_MS) {
      if (updates + UPDATE_BATCH <= (elapsed() / 1_000) * UPDATES_PER_SECOND) {
        await update(Array.from({ length: UPDATE_BATCH }, (_, at) => updates + at))
        updates += UPDATE_BATCH
      } else await breathe()
    }
  }
  await Promise.all([...Array.from({ length: UNDER_WAY }, asker), updater()])
  const seconds = elapsed() / 1_000
  return { calls: calls / seconds, updates: updates / seconds }
}

/**
 * The same people in a table of their own: plane geometry in metres with a GiST index, room for updates in place,
 * no write-ahead log, prepared statements. The filters and the ranking by worst distance are ours.
 */
async function createPostgis({ installation, city }: NearestParts) {
  const pool = new pg.Pool({ connectionString: installation.url, max: POOL, options: '-c jit=off' })
  const writer = new pg.Client({ connectionString: installation.url, options: '-c synchronous_commit=off' })
  await writer.connect()
  await writer.query(
    `CREATE UNLOGGED TABLE bench_people (n integer PRIMARY KEY, member_id uuid, name text, street integer,
       at geometry(Point), fix_at float8, accuracy real, is_suspect boolean) WITH (fillfactor = 60)`,
  )
  const { members } = installation
  // Its clock stands still, so that however long a busy machine takes nobody's position grows too old to be ranked.
  const now = Date.now()
  const places = city.people.map(({ place }) => metresIn(place))
  await writer.query(
    `INSERT INTO bench_people SELECT r.n, r.member_id, r.name, r.street, ST_Point(r.x, r.y), r.fix_at, r.accuracy, r.mock
     FROM unnest($1::int[], $2::uuid[], $3::text[], $4::int[], $5::float8[], $6::float8[], $7::float8[], $8::real[], $9::bool[])
       AS r (n, member_id, name, street, x, y, fix_at, accuracy, mock)`,
    [
      members.map((_, index) => index),
      members.map(({ id }) => id),
      members.map(({ name }) => name),
      members.map(({ street }) => street),
      places.map(([x]) => x),
      places.map(([, y]) => y),
      city.people.map(({ fixAt, isSilent }) => (isSilent ? fixAt - 60_000 : now)),
      city.people.map(({ accuracyMetres }) => accuracyMetres),
      city.people.map(({ isMock }) => isMock),
    ],
  )
  await writer.query('CREATE INDEX ON bench_people USING gist (at)')
  await writer.query('VACUUM ANALYZE bench_people')
  const text = `
    SELECT *, straight + accuracy + greatest(0, $4::float8 - fix_at) / 1000 AS worst FROM (
      SELECT member_id, name, ST_X(at) AS x, ST_Y(at) AS y, fix_at, accuracy, at <-> ST_Point($1, $2) AS straight
      FROM bench_people
      WHERE ($3::int IS NULL OR street = $3) AND NOT is_suspect AND accuracy <= 200 AND fix_at >= $4::float8 - 60000
      ORDER BY at <-> ST_Point($1, $2) LIMIT ${CANDIDATES}) near
    ORDER BY worst LIMIT ${NEAREST}`
  return {
    async ask({ place, street }: Question): Promise<void> {
      const { rows } = await pool.query({ name: 'nearest', text, values: [...metresIn(place), street, now] })
      if (rows.length !== NEAREST) throw new Error(`PostGIS found ${rows.length} people.`)
    },
    async update(indexes: number[]): Promise<void> {
      const to = indexes.map((index) => {
        const [x, y] = places[index % places.length] ?? [0, 0]
        return [x + (index % 7) - 3, y + (index % 5) - 2] as const
      })
      await writer.query({
        name: 'move',
        text: `UPDATE bench_people p SET at = ST_Point(r.x, r.y), fix_at = $4
               FROM unnest($1::int[], $2::float8[], $3::float8[]) AS r (n, x, y) WHERE p.n = r.n`,
        values: [indexes.map((index) => index % places.length), to.map(([x]) => x), to.map(([, y]) => y), now],
      })
    },
    async end(): Promise<void> {
      await pool.end()
      await writer.end()
    },
  }
}

/** Redis knows places only, so the rest (age, accuracy, street) is looked up in this process, which favours it. */
async function createGeoSet(redis: Redis, { installation, city }: NearestParts) {
  const key = `gelin:bench:${process.pid}`
  const { members } = installation
  const add = (indexes: number[]) =>
    redis.call(
      'GEOADD',
      key,
      ...indexes.flatMap((index) => {
        const at = index % members.length
        return [...(city.people[at]?.place ?? [CITY[0], CITY[1]]), at]
      }),
    )
  for (let from = 0; from < members.length; from += 5_000)
    await add(Array.from({ length: Math.min(5_000, members.length - from) }, (_, at) => from + at))
  return {
    async ask({ place, street }: Question): Promise<void> {
      const now = Date.now()
      // A radius that held enough last time is a fair first guess; it doubles until it does.
      for (let radius = 200; ; radius *= 2) {
        const reply = await redis.call(
          ...([
            'GEOSEARCH',
            key,
            'FROMLONLAT',
            ...place,
            'BYRADIUS',
            radius,
            'm',
            'ASC',
            'COUNT',
            2 * CANDIDATES,
            'WITHDIST',
          ] as const),
        )
        const found = (reply as [string, string][]).flatMap(([name, straight]) => {
          const index = Number(name)
          const person = city.people[index]
          if (!person || (street !== null && members[index]?.street !== street)) return []
          if (person.isMock || person.isSilent || person.accuracyMetres > 200) return []
          return [{ index, worst: Number(straight) + person.accuracyMetres + Math.max(0, now - person.fixAt) / 1_000 }]
        })
        if (found.length >= NEAREST || radius > 100_000) {
          found.sort((a, b) => a.worst - b.worst)
          return
        }
      }
    },
    update: async (indexes: number[]) => void (await add(indexes)),
    end: async () => void (await redis.call('UNLINK', key)),
  }
}
