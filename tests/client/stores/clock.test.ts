/** F11 in the browser: ages are worked out against the server's time, whatever this machine's clock says. */
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { useClock } from '../../../client/stores/clock.ts'

const SERVER = Date.UTC(2026, 10, 22, 2)
const DAY = 86_400_000
beforeEach(() => setActivePinia(createPinia()))

it.each([0, 600_000, -600_000, DAY, -DAY])(
  'F11 a clock that is off by %i ms counts for nothing once the server has answered',
  (error) => {
    const clock = useClock()
    const local = (elapsed: number) => SERVER + error + elapsed
    clock.tick(local(0))
    clock.correct(SERVER, local(0))
    expect(clock.now).toBe(SERVER)
    clock.tick(local(10_000))
    expect(clock.now).toBe(SERVER + 10_000)
  },
)

it('F11 a clock that is set while the page is open is right again with the next answer', () => {
  const clock = useClock()
  clock.correct(SERVER, SERVER)
  clock.tick(SERVER + DAY + 1_000)
  clock.correct(SERVER + 3_000, SERVER + DAY + 3_000)
  expect(clock.now).toBe(SERVER + 3_000)
  clock.tick(SERVER + DAY + 13_000)
  expect(clock.now).toBe(SERVER + 13_000)
})
