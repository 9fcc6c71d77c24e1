import { expect, it, vi } from 'vitest'
import { createBreaker } from '../../../server/database/breaker.ts'
import { DatabaseAway, isDatabaseAway } from '../../../server/database/database-away.ts'

const silence = () => Promise.reject(new Error('Query read timeout'))
const refusal = () => Promise.reject(Object.assign(new Error('no such row'), { code: '23503' }))
const outcome = (result: Promise<unknown>) =>
  result.then(
    () => 'answered',
    (error: Error) => error.constructor.name,
  )

it('after three silences in a row nobody waits any more, until the database answers again', async () => {
  vi.useFakeTimers()
  let isBack = false
  const breaker = createBreaker(() => (isBack ? Promise.resolve() : silence()))
  for (let time = 0; time < 3; time++) expect(await outcome(breaker.run(silence))).toBe('Error')
  const use = vi.fn(() => Promise.resolve())
  expect(await outcome(breaker.run(use))).toBe('DatabaseAway')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await outcome(breaker.run(use))).toBe('DatabaseAway')
  expect(use).not.toHaveBeenCalled()
  isBack = true
  await vi.advanceTimersByTimeAsync(300)
  expect(await outcome(breaker.run(use))).toBe('answered')
  vi.useRealTimers()
})

it.each([
  ['an answer', () => Promise.resolve()],
  ['a refusal', refusal],
])('%s between silences shows that it is there', async (_name, between) => {
  const breaker = createBreaker(silence)
  for (let time = 0; time < 5; time++) {
    await outcome(breaker.run(silence))
    await outcome(breaker.run(silence))
    await outcome(breaker.run(between))
  }
  expect(await outcome(breaker.run(() => Promise.resolve()))).toBe('answered')
})

it('counts as a database that is away', () => {
  expect(isDatabaseAway(new DatabaseAway())).toBe(true)
})
