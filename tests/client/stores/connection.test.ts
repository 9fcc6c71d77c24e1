import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { useClock } from '../../../client/stores/clock.ts'
import { useConnection } from '../../../client/stores/connection.ts'

beforeEach(() => setActivePinia(createPinia()))

it('keeps the time at which the data stopped when the link is lost', () => {
  const connection = useConnection()
  expect(connection.state).toBe('connecting')
  connection.confirm(1_000)
  connection.confirm(2_000)
  connection.lose()
  expect([connection.isStale, connection.freshAt]).toEqual([true, 2_000])
  connection.confirm(9_000)
  expect([connection.isStale, connection.freshAt]).toEqual([false, 9_000])
})

it('goes by the server’s clock, whatever this machine’s says', () => {
  const clock = useClock()
  clock.correct(10_000, 4_000)
  expect(clock.now).toBe(10_000)
  clock.tick(5_500)
  expect(clock.now).toBe(11_500)
})
