/** Suite `live`: P1, P2, P3, P5, P6 and P7, people who move and who look at them; each beside its peer in the same rounds. */
import type { Bench, Suite } from './bench.ts'
import { measureFanOut } from './live/fan-out.ts'
import { measureFunnel } from './live/funnel.ts'
import { findPostgres, startInstallation } from './live/installation.ts'
import { MovingCity } from './live/moving-city.ts'
import { measureNearest } from './live/nearest.ts'
import { findRedis } from './redis.ts'

export const live: Suite = {
  name: 'live',
  async run(bench) {
    if (bench.wants('P5', 'P6', 'P7')) await measureFanOut(bench)
    if (bench.wants('P1', 'P2', 'P3')) await measureOnPostgres(bench)
  },
}

async function measureOnPostgres(bench: Bench): Promise<void> {
  const url = await findPostgres()
  if (url === null) {
    const missing = 'no PostgreSQL answers; set DATABASE_URL'
    bench.record({ id: 'P1.nearest', value: null, unit: 'calls/s', goal: { atLeast: 20 }, missing })
    bench.record({ id: 'P3.funnel', value: null, unit: 'positions/s', goal: { atLeast: 5 }, missing })
    return
  }
  bench.say('P1, P3: a city of 100,000 members on duty is put into a database of its own')
  const clock = { now: Date.now() }
  const installation = await startInstallation(url, () => clock.now)
  const redis = await findRedis()
  try {
    const city = new MovingCity(installation.members)
    const { positions } = installation.web.life
    const channel = { source: 'gateway', reportsEveryMs: installation.gateway.reportsEveryMs } as const
    clock.now = Date.now()
    for (const [index, { id }] of installation.members.entries()) {
      const verdict = positions.receive(id, city.first(index, clock.now), channel)
      if (verdict !== 'live') throw new Error(`A first fix was ${verdict}.`)
    }
    await positions.durable()
    const parts = { installation, city, clock, redis }
    if (bench.wants('P1', 'P2')) await measureNearest(bench, parts)
    if (bench.wants('P3')) await measureFunnel(bench, parts)
  } finally {
    redis?.end()
    await installation.stop()
  }
}
