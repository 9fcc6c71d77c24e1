import { expect, it } from 'vitest'
import { findTogether } from '../../server/find-together.ts'

/** Answers after a while, and remembers what it was asked. */
function slow() {
  const asked: string[][] = []
  const find = findTogether(async (keys) => {
    asked.push([...keys])
    await new Promise((resolve) => setTimeout(resolve, 5))
    if (keys.has('fault')) throw new Error('fault')
    return new Map([...keys].filter((key) => key !== 'nobody').map((key) => [key, key.toUpperCase()]))
  })
  return { asked, find }
}

it('asks for what comes meanwhile in one more question, and never answers from an older one', async () => {
  const { asked, find } = slow()
  const first = find('a')
  await Promise.resolve()
  await Promise.resolve()
  const later = ['a', 'b', 'nobody', 'c'].map(find)
  expect(await first).toBe('A')
  expect(await Promise.all(later)).toEqual(['A', 'B', null, 'C'])
  expect(asked).toEqual([['a'], ['a', 'b', 'nobody', 'c']])
})

it('a fault is told to those who asked, and to nobody after them', async () => {
  const { find } = slow()
  await expect(find('fault')).rejects.toThrow('fault')
  expect(await find('a')).toBe('A')
})
