/** Every suite, in the order of a full run. */
import type { Suite } from './bench.ts'
import { call } from './call.bench.ts'
import { endurance } from './endurance.bench.ts'
import { ground } from './ground.bench.ts'
import { live } from './live.bench.ts'

export const suites: readonly Suite[] = [ground, call, live, endurance]
