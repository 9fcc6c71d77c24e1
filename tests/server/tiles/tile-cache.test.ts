import { expect, it } from 'vitest'
import { createTileCache } from '../../../server/tiles/tile-cache.ts'

const tile = (bytes: number) => ({ bytes: Buffer.alloc(bytes), etag: `W/"${bytes}"` })

it('keeps tiles until the bytes run out, then drops what was read longest ago', () => {
  const cache = createTileCache(3_000)
  for (const key of ['a', 'b', 'c']) cache.set(key, tile(700))
  cache.get('a')
  cache.set('d', tile(700))
  expect(cache.get('b')).toBeUndefined()
  expect(['a', 'c', 'd'].map((key) => cache.get(key)?.bytes?.length)).toEqual([700, 700, 700])
  expect(cache.usedBytes()).toBeLessThanOrEqual(3_000)
})

it('counts a replaced tile once', () => {
  const cache = createTileCache(10_000)
  cache.set('a', tile(4_000))
  const once = cache.usedBytes()
  cache.set('a', tile(4_000))
  expect(cache.usedBytes()).toBe(once)
})

it('does not empty itself for a tile that can never fit', () => {
  const cache = createTileCache(2_000)
  cache.set('small', tile(100))
  cache.set('huge', tile(5_000))
  expect(cache.get('huge')).toBeUndefined()
  expect(cache.get('small')).toBeDefined()
})

it('keeps empty tiles too, and they cost something', () => {
  const cache = createTileCache(1_000)
  for (let index = 0; index < 100; index++) cache.set(`empty ${index}`, { bytes: null, etag: 'W/"empty"' })
  expect(cache.usedBytes()).toBeLessThanOrEqual(1_000)
  expect(cache.get('empty 99')).toEqual({ bytes: null, etag: 'W/"empty"' })
})
