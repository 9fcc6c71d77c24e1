/** Runs long work in slices, so that requests are answered in between. */
import { setImmediate } from 'node:timers/promises'

/** A request waits no longer than this for a slice to end, in milliseconds. */
const SLICE_MS = 8

/** The work yields wherever it may be interrupted: every thousand steps or so. `sliceMs` in milliseconds. */
export async function inSlices<Result>(work: Generator<void, Result>, sliceMs = SLICE_MS): Promise<Result> {
  let since = performance.now()
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    if (performance.now() - since < sliceMs) continue
    await setImmediate()
    since = performance.now()
  }
}

/** The same at once, for who has nobody waiting. */
export function atOnce<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
