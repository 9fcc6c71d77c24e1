import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createRefetch, type Versions } from '../../../client/live/refetch.ts'

const versions = (change: Partial<Versions> = {}): Versions => ({
  base: 1,
  areas: 1,
  buildings: 1,
  members: 1,
  servicePoints: 1,
  cases: 1,
  ...change,
})

function desk() {
  let current = versions()
  let isServerAway = false
  const read: string[] = []
  const layer = (name: string) => async () => {
    read.push(name)
    if (isServerAway) throw new Error('away')
  }
  const onFresh = vi.fn()
  const onFailure = vi.fn()
  const refetch = createRefetch({
    district: async () => current,
    layers: {
      base: null,
      areas: layer('areas'),
      buildings: null,
      members: null,
      servicePoints: layer('servicePoints'),
      cases: layer('cases'),
    },
    onFresh,
    onFailure,
  })
  const resync = async () => {
    read.length = 0
    const done = refetch.resync()
    await vi.advanceTimersByTimeAsync(2_000)
    await done
    return [...read].sort()
  }
  return {
    refetch,
    resync,
    onFresh,
    onFailure,
    change: (next: Partial<Versions>) => {
      current = versions(next)
    },
    setAway: (isAway: boolean) => {
      isServerAway = isAway
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('reads everything first, then only what changed', async () => {
  const { resync, change, onFresh, refetch } = desk()
  expect(await resync()).toEqual(['areas', 'cases', 'servicePoints'])
  expect(refetch.isFresh()).toBe(true)
  expect(await resync()).toEqual([])
  change({ cases: 2 })
  expect(await resync()).toEqual(['cases'])
  expect(onFresh).toHaveBeenCalledTimes(3)
})

it('tries again what could not be read', async () => {
  const { resync, change, setAway, onFailure, refetch } = desk()
  await resync()
  change({ cases: 2 })
  setAway(true)
  await resync()
  expect(onFailure).toHaveBeenCalledTimes(1)
  expect(refetch.isFresh()).toBe(false)
  setAway(false)
  expect(await resync()).toEqual(['cases'])
  expect(refetch.isFresh()).toBe(true)
})

it('reads everything again for another person', async () => {
  const { resync, refetch } = desk()
  await resync()
  refetch.forget()
  expect(await resync()).toEqual(['areas', 'cases', 'servicePoints'])
})

it('asks nothing more once everything was forgotten, as at sign-out', async () => {
  const { resync, refetch, onFresh } = desk()
  await resync()
  void refetch.resync()
  void refetch.resync()
  const before = onFresh.mock.calls.length
  refetch.forget()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(onFresh).toHaveBeenCalledTimes(before)
})
