/**
 * Suite `endurance`: B3 cuts, B4 sockets that never read, B5 the storm after a restart, B6 ten thousand positions a
 * second, B7 a frozen database. On PostgreSQL with DATABASE_URL, else on the embedded one. `--only=B3,B5` measures
 * some; `--short` takes small sizes, to see that it runs.
 */
import { loadavg } from 'node:os'
import type { Bench, Suite } from './bench.ts'
import { type Arena, openArena } from './endurance/arena.ts'
import { measureCuts } from './endurance/cuts.ts'
import { highest } from './endurance/figures.ts'
import { measureFlood } from './endurance/flood.ts'
import { measureFrozen } from './endurance/frozen.ts'
import { measureSlowSockets } from './endurance/slow-sockets.ts'
import { openCrowd } from './endurance/storm.ts'

const FULL = {
  members: 10_000,
  screens: 2_000,
  cuts: { screens: 500, cutsEach: 20, seconds: 70, factsPerSecond: 10 },
  watched: 1_500,
  slow: { screens: 100, slow: 10, beforeSeconds: 45, seconds: 180 },
  flood: { seconds: 300, batch: 1_000 },
  frozenSeconds: 60,
}
const SHORT: typeof FULL = {
  members: 1_000,
  screens: 200,
  cuts: { screens: 50, cutsEach: 4, seconds: 10, factsPerSecond: 10 },
  watched: 300,
  slow: { screens: 20, slow: 4, beforeSeconds: 8, seconds: 20 },
  flood: { seconds: 10, batch: 500 },
  frozenSeconds: 15,
}

type Measure = (bench: Bench, arena: Arena, sizes: typeof FULL) => Promise<void>

export const endurance: Suite = {
  name: 'endurance',
  async run(bench) {
    const sizes = process.argv.includes('--short') ? SHORT : FULL
    const only = process.argv
      .find((word) => word.startsWith('--only='))
      ?.slice('--only='.length)
      .split(',')
    const arena = await openArena({ members: sizes.members, onDuty: 100, screens: sizes.screens })
    bench.say(`on ${arena.mode}; load average ${load()}`)
    try {
      for (const [id, measure] of Object.entries(parts)) {
        if (only && !only.includes(id)) continue
        await measure(bench, arena, sizes)
        bench.say(`${id} done; load average ${load()}`)
      }
    } finally {
      await arena.stop()
    }
  },
}

const load = () =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')

const parts: Record<string, Measure> = {
  async B3(bench, arena, sizes) {
    const result = await measureCuts(arena, sizes.cuts)
    const none = { atMost: 0 }
    bench.say(
      `B3: ${result.screens} screens, ${result.cuts} cuts, ${result.factsMade} facts, ${result.afresh} times lists read anew`,
    )
    bench.record({ id: 'B3.missing-or-wrong', value: result.wrong, unit: 'records', goal: none })
    bench.record({ id: 'B3.doubled', value: result.doubled, unit: 'facts', goal: none })
    bench.record({
      id: 'B3.equal-hashes',
      value: result.equalHashes,
      unit: 'screens',
      goal: { atLeast: result.screens },
    })
    bench.record({ id: 'B3.catch-up-p99', value: result.catchUpP99Ms / 1_000, unit: 's', goal: { atMost: 2 } })
  },

  async B5(bench, arena, sizes) {
    const crowd = await openCrowd(arena, sizes.screens)
    try {
      for (const isCold of [false, true]) {
        const { seconds, half, readySeconds } = await crowd.storm(isCold)
        const id = isCold ? 'B5.back-with-all-lists' : 'B5.back-in-step'
        bench.say(`${id}: ready after ${readySeconds.toFixed(1)} s; half of the screens ${half.toFixed(1)} s later`)
        bench.record({ id, value: seconds, unit: 's', goal: { atMost: 15 } })
      }
    } finally {
      crowd.close()
    }
  },

  async B4(bench, arena, sizes) {
    const devices = await arena.putOnDuty(sizes.watched)
    const result = await measureSlowSockets(arena, devices, sizes.slow)
    bench.say(
      `B4: ${result.cutAfterSeconds.length} silent sockets; memory ${result.memoryBeforeMb.toFixed(0)} → ${result.memoryDuringMb.toFixed(0)} MB`,
    )
    bench.record({
      id: 'B4.memory-growth',
      value: result.memoryDuringMb - result.memoryBeforeMb,
      unit: 'MB',
      goal: { atMost: 50 },
    })
    bench.record({ id: 'B4.slowest-cut', value: highest(result.cutAfterSeconds), unit: 's', goal: { atMost: 15 } })
    bench.record({
      id: 'B4.others-p99',
      value: result.p99DuringMs,
      unit: 'ms',
      peer: `${result.p99BeforeMs.toFixed(1)} ms before`,
      ratio: result.p99DuringMs / result.p99BeforeMs,
      goal: { atMost: 1.2 },
    })
  },

  async B6(bench, arena, sizes) {
    const devices = await arena.putOnDuty(sizes.members)
    const result = await measureFlood(arena, devices, sizes.flood)
    bench.say(
      `B6: ${result.frames} frames; ack p99 ${result.ackP99.toFixed(0)} ms; to screen p50 ${result.toScreenP50} p99 ${result.toScreenP99} ms; bench's own longest pause ${result.longestDelayOfLoopMs.toFixed(0)} ms`,
    )
    bench.record({
      id: 'B6.delivered',
      value: result.perSecond,
      unit: 'positions/s',
      goal: { atLeast: sizes.members * 0.99 },
    })
    bench.record({ id: 'B6.failed-batches', value: result.failedBatches, unit: 'batches', goal: { atMost: 0 } })
    bench.record({ id: 'B6.newest-lost', value: result.lostAtEnd, unit: 'members', goal: { atMost: 0 } })
    bench.record({ id: 'B6.newest-lost-by-kill', value: result.lostAfterKill, unit: 'members', goal: { atMost: 0 } })
    bench.record({ id: 'B6.ingest-to-screen-p95', value: result.toScreenP95 / 1_000, unit: 's', goal: { atMost: 1.2 } })
  },

  async B7(bench, arena, sizes) {
    const devices = [...arena.world.members.keys()].slice(0, 100)
    const result = await measureFrozen(arena, devices, sizes.frozenSeconds)
    bench.say(
      `B7: ${result.requests} requests: ${[...result.statuses].map(([status, count]) => `${status} × ${count}`).join(', ')}`,
    )
    bench.record({ id: 'B7.unanswered', value: result.statuses.get(0) ?? 0, unit: 'requests', goal: { atMost: 0 } })
    bench.record({ id: 'B7.slowest-answer', value: result.slowestMs / 1_000, unit: 's', goal: { atMost: 3 } })
    bench.record({
      id: 'B7.longest-standstill',
      value: result.longestStandstillMs / 1_000,
      unit: 's',
      goal: { atMost: 5 },
    })
    bench.record({ id: 'B7.recovery', value: result.recoveryMs / 1_000, unit: 's', goal: { atMost: 5 } })
  },
}
