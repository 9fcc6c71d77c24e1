import { expect, it } from 'vitest'
import type { PostHolder } from '#contract/areas'
import { otherPosts } from '../../../client/dispatch/cards/other-posts.ts'

const holder = (memberId: string, post: string): PostHolder => ({
  memberId,
  name: memberId,
  post,
  badge: null,
  isPartyMember: false,
  phone: null,
  skills: [],
})

it('lists the posts the chain has not named, people of one post together', () => {
  const leader = holder('葛晨', 'gridLeader')
  const chain = [{ areaId: 'w1', level: 'grid' as const, areaName: 'w1', holders: [leader] }]
  const roster = [
    leader,
    holder('林静', 'gridMember'),
    holder('裘立梅', 'police'),
    holder('蒲静', 'informant'),
    holder('佟守义', 'informant'),
    holder('温秀芝', 'buildingHead'),
  ]
  expect(otherPosts(chain, roster).map(({ post, people }) => [post, people.map(({ name }) => name)])).toEqual([
    ['police', ['裘立梅']],
    ['informant', ['蒲静', '佟守义']],
  ])
})
