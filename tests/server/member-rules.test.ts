import { expect, it } from 'vitest'
import { keptPhone, refuseForeignPosts } from '../../server/members/member-rules.ts'

const wanted = (...posts: { post: 'gridMember' | 'police'; areaId: string }[]) => ({
  name: '林小满',
  badge: null,
  phone: null,
  isPartyMember: false,
  skills: [],
  posts,
})
const mine = { areasAmong: async (ids: readonly string[]) => ids.filter((id) => id === 'mine') }
const refuse = (posts: Parameters<typeof wanted>, held: { post: string; areaId: string }[] = []) =>
  refuseForeignPosts(mine, ['/mine/'], wanted(...posts), held)

it('takes posts in the area, and posts elsewhere that are held already', async () => {
  await expect(refuse([{ post: 'police', areaId: 'mine' }])).resolves.toBeUndefined()
  const theirs = { post: 'police', areaId: 'theirs' } as const
  await expect(refuse([theirs], [theirs])).resolves.toBeUndefined()
})

it('refuses a new post elsewhere by its place in the list, also where another post is held', async () => {
  const posts = [
    { post: 'police', areaId: 'mine' },
    { post: 'gridMember', areaId: 'theirs' },
  ] as const
  await expect(refuse([...posts], [{ post: 'police', areaId: 'theirs' }])).rejects.toMatchObject({
    code: 'bad_input',
    fields: { 'posts.1.areaId': expect.any(String) },
  })
})

it('stores a number, keeps the one whose mask came back, and refuses any other mask', () => {
  expect(keptPhone('13900005678', '13800001234')).toBe('13900005678')
  expect(keptPhone(null, '13800001234')).toBeNull()
  expect(keptPhone('138****1234', '13800001234')).toBe('13800001234')
  expect(() => keptPhone('138****9999', '13800001234')).toThrow(/whole number/)
  expect(() => keptPhone('138****1234', null)).toThrow(/whole number/)
})
