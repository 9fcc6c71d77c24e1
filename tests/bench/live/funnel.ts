/**
 * P3: positions a second through the whole funnel: a gateway's batch as its JSON text, parsed, read, each fix judged by
 * every rule, shown in the live store and put with the writer; beside PostgreSQL overwriting the newest position in
 * batches of the same size from arrays that are ready, and Redis GEOADD. The product's own writing to disk runs behind
 * and is not in the first figure; `P3.durable` waits for it, as an answer to a gateway does.
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
  const { redis, installation } = parts
  const table = await createTable(installation.url)
  const rates = { funnel: [] as number[], durable: [] as number[], postgres: [] as number[], redis: [] as number[] }
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      const ours = await fillFunnel(parts)
      const postgres = await table.update(round)
      const geoAdd = redis && (await addPlaces(redis, parts))
      bench.say(`P3 round ${round}: ${Math.round(ours.funnel)} positions/s, PostgreSQL ${Math.round(postgres)}`)
      // The first round warms up.
      if (round === 0) continue
      rates.funnel.push(ours.funnel)
      rates.durable.push(ours.durable)
      rates.postgres.push(postgres)
      if (geoAdd) rates.redis.push(geoAdd)
    }
  } finally {
    await table.end()
  }
  const unit = 'positions/s'
  bench.record({
    id: 'P3.funnel',
    unit,
    peer: `PostgreSQL UPDATE…unnest ×${BATCH}`,
    ...against(rates.funnel, rates.postgres),
    goal: { atLeast: 5 },
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

async function createTable(url: string) {
  const client = new pg.Client({ connectionString: url, options: '-c synchronous_commit=off -c jit=off' })
  await client.connect()
  await client.query(
    `CREATE UNLOGGED TABLE bench_latest (n integer PRIMARY KEY, longitude integer, latitude integer, fix_at float8,
       accuracy real, heading real) WITH (fillfactor = 50)`,
  )
  await client.query('INSERT INTO bench_latest SELECT n, 0, 0, 0, 0, 0 FROM generate_series(0, 99999) n')
  await client.query('VACUUM ANALYZE bench_latest')
  return {
    async update(round: number): Promise<number> {
      const batches = Array.from({ length: PEER_BATCHES }, (_, batch) => {
        const numbers = Array.from(
          { length: BATCH },
          (_, at) => ((round * PEER_BATCHES + batch) * BATCH + at) % 100_000,
        )
        return [
          numbers,
          numbers.map((n) => 1_140_000_000 + n),
          numbers.map((n) => 226_000_000 + n),
          numbers.map(() => Date.now()),
          numbers.map((n) => n % 20),
          numbers.map((n) => n % 360),
        ]
      })
      const began = performance.now()
      for (const values of batches)
        await client.query({
          name: 'overwrite',
          text: `UPDATE bench_latest l SET longitude = r.longitude, latitude = r.latitude, fix_at = r.fix_at,
                   accuracy = r.accuracy, heading = r.heading
                 FROM unnest($1::int[], $2::int[], $3::int[], $4::float8[], $5::real[], $6::real[])
                   AS r (n, longitude, latitude, fix_at, accuracy, heading) WHERE l.n = r.n`,
          values,
        })
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
