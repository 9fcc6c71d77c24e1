import { expect, it } from 'vitest'
import type { DataLayer } from '../../contract/district.ts'
import { createDataChanges } from '../../server/district/data-changes.ts'

type Versions = Record<DataLayer, number>
const start: Versions = { base: 1, areas: 1, buildings: 1, members: 1, servicePoints: 1, cases: 1 }

/** A watcher over versions that the test sets; an Error stands for a database that is away. */
function watcher() {
  const state = { now: start as Versions | Error, told: [] as unknown[], faults: 0 }
  const changes = createDataChanges({
    versions: async () => {
      if (state.now instanceof Error) throw state.now
      return state.now
    },
    tell: (name, payload) => state.told.push([name, payload]),
    onFault: () => state.faults++,
  })
  return { state, look: changes.look }
}

it('tells nothing at first, then the layers that changed, in one message', async () => {
  const { state, look } = watcher()
  await look()
  expect(state.told).toEqual([])
  state.now = { ...start, cases: 4, members: 2 }
  await look()
  await look()
  expect(state.told).toEqual([['data:changed', { versions: { cases: 4, members: 2 } }]])
})

it('outlives an outage: reported once, and what changed meanwhile is told after it', async () => {
  const { state, look } = watcher()
  await look()
  state.now = new Error('away')
  await look()
  await look()
  expect(state.faults).toBe(1)
  state.now = { ...start, areas: 2 }
  await look()
  expect(state.told).toEqual([['data:changed', { versions: { areas: 2 } }]])
  state.now = new Error('away again')
  await look()
  expect(state.faults).toBe(2)
})

it('tells versions that went back, as after a restore', async () => {
  const { state, look } = watcher()
  state.now = { ...start, base: 9 }
  await look()
  state.now = start
  await look()
  expect(state.told).toEqual([['data:changed', { versions: { base: 1 } }]])
})
