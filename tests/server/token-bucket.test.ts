import { expect, it } from 'vitest'
import { createTokenBucket } from '../../server/token-bucket.ts'

const takes = (bucket: ReturnType<typeof createTokenBucket>, count: number, now: number) =>
  Array.from({ length: count }, () => bucket.take(now)).filter(Boolean).length

it('gives a burst at once, then as many as the rate fills up, and never more than the burst', () => {
  const bucket = createTokenBucket({ perSecond: 10, burst: 20 })
  expect(takes(bucket, 50, 1_000)).toBe(20)
  expect(takes(bucket, 50, 1_500)).toBe(5)
  expect(takes(bucket, 50, 600_000)).toBe(20)
})

it('gives nothing for a clock that was set back', () => {
  const bucket = createTokenBucket({ perSecond: 10, burst: 2 })
  takes(bucket, 2, 60_000)
  expect(bucket.take(0)).toBe(false)
  expect(bucket.take(100)).toBe(true)
})
