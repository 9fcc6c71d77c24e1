/**
 * P3: positions a second through the whole funnel: a gateway's batch as its JSON text, parsed, read, each fix judged by
 * every rule, shown in the live store and put with the writer. Beside it PostgreSQL alone doing for a map what the live
 * store does: a durable row a member with the product's columns, its place a point under a GiST index, so that who is
 * nearest can be asked, overwritten in batches of the same size. The peer's arrays are ready as text, and its commits are
 * not waited for either. Without that index it has less to do, and nobody could be found in it: `P3.against-plain-rows`.
 * The product's own writing to disk runs behind and is not in the first figure; `P3.durable` waits for it, as an answer
 * to a gateway does.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import pg from 'pg'
import { receiveGatewayBatch } from '../../../server/positions/gateway-batch.ts'
import type { Bench } from '../bench.ts'
import type { Redis } from '../redis.ts'
import { against, ofRounds, ROUNDS } from '../rounds.ts'
import type { NearestParts } from './nearest.ts'

const BATCH = 5_000
const BATCHES = 6
const PEER_BATCHES = 6

export async function measureFunnel(bench: Bench, parts: NearestParts): Promise<void> {
  const { redis } = parts
  const placed = await createTable(parts, 'bench_latest', 'USING gist (place)')
  const plain = await createTable(parts, 'bench_plain', null)
  const rates = {
    funnel: [] as number[],
    durable: [] as number[],
    placed: [] as number[],
    plain: [] as number[],
    redis: [] as number[],
  }
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      const ours = await fillFunnel(parts)
      const postgres = await placed.update(round)
      const plainly = await plain.update(round)
      const geoAdd = redis && (await addPlaces(redis, parts))
      bench.say(
        `P3 round ${round}: ${Math.round(ours.funnel)} positions/s, PostgreSQL ${Math.round(postgres)}, ${Math.round(plainly)} without the index`,
      )
      // The first round warms up.
      if (round === 0) continue
      rates.funnel.push(ours.funnel)
      rates.durable.push(ours.durable)
      rates.placed.push(postgres)
      rates.plain.push(plainly)
      if (geoAdd) rates.redis.push(geoAdd)
    }
  } finally {
    await Promise.all([placed.end(), plain.end()])
  }
  const unit = 'positions/s'
  bench.record({
    id: 'P3.funnel',
    unit,
    peer: `PostgreSQL UPDATE…unnest ×${BATCH}`,
    ...against(rates.funnel, rates.placed),
    goal: { atLeast: 5 },
  })
  bench.record({
    id: 'P3.against-plain-rows',
    unit,
    peer: `PostgreSQL UPDATE…unnest ×${BATCH}, no index on places`,
    ...against(rates.funnel, rates.plain),
  })
  if (redis)
    bench.record({
      id: 'P3.against-redis',
      unit,
      peer: `Redis GEOADD ×${BATCH}`,
      ...against(rates.funnel, rates.redis),
    })
  else bench.say('P3 against Redis is not measured: no Redis answers on 127.0.0.1:6379.')
  bench.record({ id: 'P3.durable', unit, ...ofRounds(rates.durable) })
}

async function fillFunnel({ installation, city, clock }: NearestParts) {
  const { positions } = installation.web.life
  // What is still being written of earlier rounds is not this round's.
  await positions.durable()
  clock.now += 3_000
  const bodies = Array.from({ length: BATCHES }, () =>
    JSON.stringify({ fixes: Array.from({ length: BATCH }, message) }),
  )
  function message() {
    const { index, fix } = city.next(clock.now)
    return {
      device: `M${index}`,
      at: fix.takenAt,
      lon: fix.position[0],
      lat: fix.position[1],
      accuracy: fix.accuracyMetres,
      speed: fix.speedMetresPerSecond,
      heading: fix.headingDegrees,
      mock: fix.isMock,
    }
  }
  const began = performance.now()
  let uncounted = 0
  let live = 0
  for (const body of bodies) {
    live += receiveGatewayBatch(positions, installation.gateway, JSON.parse(body))?.live ?? 0
    const paused = performance.now()
    await breathe()
    uncounted += performance.now() - paused
  }
  const funnelled = performance.now() - uncounted
  await positions.durable()
  const count = BATCHES * BATCH
  if (live !== count) throw new Error(`${count - live} fixes of the bench were refused.`)
  return {
    funnel: count / ((funnelled - began) / 1_000),
    durable: count / ((performance.now() - began) / 1_000),
  }
}

async function createTable({ installation, city }: NearestParts, name: string, index: string | null) {
  const options = '-c synchronous_commit=off -c jit=off'
  const client = new pg.Client({ connectionString: installation.url, options })
  await client.connect()
  await client.query(
    `CREATE TABLE ${name} (member_id uuid PRIMARY KEY, fix_at timestamptz NOT NULL, place geometry(Point, 4326) NOT NULL,
       accuracy_metres real, heading_degrees real, source text NOT NULL, reports_every_ms integer NOT NULL,
       is_suspect boolean NOT NULL) WITH (fillfactor = 50)`,
  )
  const { members } = installation
  const literal = (values: unknown[]) => `{${values.join(',')}}`
  /** The columns of some people, a few steps away from where they were each time. */
  const columns = (people: number[], round: number) => [
    literal(people.map((n) => members[n]?.id)),
    literal(people.map((n) => Date.now() / 1000 - (n % 10))),
    literal(people.map((n) => (city.people[n]?.place[0] ?? 0) + (round % 7) * 1e-5)),
    literal(people.map((n) => (city.people[n]?.place[1] ?? 0) + (round % 5) * 1e-5)),
    literal(people.map((n) => 5 + (n % 20))),
    literal(people.map((n) => n % 360)),
  ]
  const given = `(SELECT member_id, to_timestamp(fix_at) AS fix_at, ST_SetSRID(ST_Point(x, y), 4326) AS place, accuracy, heading
    FROM unnest($1::uuid[], $2::float8[], $3::float8[], $4::float8[], $5::real[], $6::real[])
      AS r (member_id, fix_at, x, y, accuracy, heading)) r`
  await client.query(
    `INSERT INTO ${name} SELECT r.*, 'gateway', 10000, false FROM ${given}`,
    columns([...members.keys()], 0),
  )
  if (index !== null) await client.query(`CREATE INDEX ON ${name} ${index}`)
  await client.query(`VACUUM ANALYZE ${name}`)
  return {
    async update(round: number): Promise<number> {
      const batches = Array.from({ length: PEER_BATCHES }, (_, batch) => {
        const first = (round * PEER_BATCHES + batch) * BATCH
        return columns(
          Array.from({ length: BATCH }, (_, at) => (first + at) % members.length),
          round + 1,
        )
      })
      const began = performance.now()
      for (const values of batches) {
        const { rowCount } = await client.query({
          name: 'overwrite',
          text: `UPDATE ${name} l SET fix_at = r.fix_at, place = r.place, accuracy_metres = r.accuracy,
                   heading_degrees = r.heading, source = 'gateway', reports_every_ms = 10000, is_suspect = false
                 FROM ${given} WHERE l.member_id = r.member_id AND l.fix_at <= r.fix_at`,
          values,
        })
        if (rowCount !== BATCH) throw new Error(`PostgreSQL overwrote ${rowCount} of ${BATCH} rows.`)
      }
      return (PEER_BATCHES * BATCH) / ((performance.now() - began) / 1_000)
    },
    end: () => client.end(),
  }
}

async function addPlaces(redis: Redis, { city }: NearestParts): Promise<number> {
  const key = `gelin:bench:${process.pid}:funnel`
  const batches = Array.from({ length: PEER_BATCHES }, (_, batch) =>
    Array.from({ length: BATCH }, (_, at) => (batch * BATCH + at) % city.people.length),
  )
  const began = performance.now()
  for (const batch of batches)
    await redis.call('GEOADD', key, ...batch.flatMap((index) => [...(city.people[index]?.place ?? [0, 0]), index]))
  const seconds = (performance.now() - began) / 1_000
  await redis.call('UNLINK', key)
  return (PEER_BATCHES * BATCH) / seconds
}
