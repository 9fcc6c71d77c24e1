import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { coalesce } from '../../../client/live/coalesce.ts'

const GAP_MS = 1_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('runs the first wish at once and a burst of others as one run', async () => {
  const task = vi.fn(async () => {})
  const wish = coalesce(task, GAP_MS)
  await wish()
  expect(task).toHaveBeenCalledTimes(1)
  const burst = Promise.all([wish(), wish(), wish()])
  await vi.advanceTimersByTimeAsync(GAP_MS - 1)
  expect(task).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  await burst
  expect(task).toHaveBeenCalledTimes(2)
})

it('never runs twice at the same time, and never drops a wish made during a run', async () => {
  let running = 0
  let most = 0
  let runs = 0
  const wish = coalesce(async () => {
    most = Math.max(most, ++running)
    runs++
    await new Promise((resolve) => setTimeout(resolve, 300))
    running--
  }, GAP_MS)
  void wish()
  await vi.advanceTimersByTimeAsync(100)
  const during = wish()
  await vi.advanceTimersByTimeAsync(5_000)
  await during
  expect([most, runs]).toEqual([1, 2])
})
