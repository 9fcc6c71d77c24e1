import { expect, it } from 'vitest'
import { createSnapshots } from '../../server/snapshots.ts'

it('works a thing out once for all who ask, and anew after a change', async () => {
  let stamp = 1
  let works = 0
  const { share } = createSnapshots(async () => String(stamp))
  const ask = (key: string) => share(key, async () => `${key} ${++works}`)
  expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual(['a 1', 'a 1', 'b 2'])
  expect(await ask('a')).toBe('a 1')
  stamp++
  expect(await ask('a')).toBe('a 3')
})

it('never answers with what was read before the question: a change in the middle of another’s reading is seen', async () => {
  let stored = 'old'
  let stamp = 1
  const { share } = createSnapshots(async () => {
    const read = String(stamp)
    await new Promise((resolve) => setTimeout(resolve, 5))
    return read
  })
  const first = share('list', async () => stored)
  await Promise.resolve()
  stored = 'new'
  stamp++
  expect(await share('list', async () => stored)).toBe('new')
  await first
})

it('a fault is told to those who asked, and tried again for the next', async () => {
  const { share } = createSnapshots(async () => 'same')
  let isBroken = true
  const work = async () => {
    if (isBroken) throw new Error('away')
    return 'there'
  }
  await expect(share('list', work)).rejects.toThrow('away')
  isBroken = false
  expect(await share('list', work)).toBe('there')
})
