/** A list that facts keep true is read seldom while they come, and at once when something else changed it. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type PostponedReading, postpone } from '../../../client/live/postpone.ts'

let reads: number
let failures: unknown[]
let fails: boolean
let list: PostponedReading
beforeEach(() => {
  vi.useFakeTimers()
  reads = 0
  failures = []
  fails = false
  const read = async () => {
    reads++
    if (fails) throw new Error('away')
  }
  list = postpone(read, (error) => failures.push(error), Date.now)
})
afterEach(() => {
  list.stop()
  vi.useRealTimers()
})

it('reads at once what no fact was told about, as after a data load', async () => {
  await list.read()
  expect(reads).toBe(1)
})

it('reads once in half a minute while facts keep coming', async () => {
  for (let second = 0; second < 60; second++) {
    list.noteFact()
    await list.read()
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(reads).toBe(2)
})

it('takes a list that was just read for as good as told', async () => {
  await list.readNow()
  await list.read()
  expect(reads).toBe(1)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(reads).toBe(2)
})

it('reads now what it had put off, and not again later', async () => {
  list.noteFact()
  await list.read()
  await list.readNow()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(reads).toBe(1)
})

it('tells of a reading put off that failed, and lets one asked for fail where it was asked', async () => {
  fails = true
  list.noteFact()
  await list.read()
  await vi.advanceTimersByTimeAsync(30_000)
  expect(failures).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(10_000)
  await expect(list.read()).rejects.toThrow('away')
  expect(failures).toHaveLength(1)
})

it('a reading that failed is not as good as told: the next one comes at once', async () => {
  fails = true
  await expect(list.readNow()).rejects.toThrow('away')
  fails = false
  await list.read()
  expect(reads).toBe(2)
})

it('reads nothing more once it is stopped', async () => {
  list.noteFact()
  await list.read()
  list.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(reads).toBe(0)
})
