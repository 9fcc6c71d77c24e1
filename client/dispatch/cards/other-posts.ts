/** Posts of an area besides those its chain of responsibility already names. */
import type { AreaCard, PostHolder } from '#contract/areas'

/** Many hold these; the roster and the buildings list them. */
const NOT_NAMED = new Set(['gridMember', 'buildingHead', 'memberHousehold'])

/** In the roster's own order, people of one post together. */
export function otherPosts(
  chain: AreaCard['chain'],
  roster: AreaCard['roster'],
): { post: string; people: PostHolder[] }[] {
  const named = new Set(
    chain.flatMap(({ holders }) =>
      holders.filter(({ post }) => post === holders[0]?.post).map(({ memberId, post }) => `${memberId}/${post}`),
    ),
  )
  const byPost = new Map<string, PostHolder[]>()
  for (const person of roster) {
    if (NOT_NAMED.has(person.post) || named.has(`${person.memberId}/${person.post}`)) continue
    const people = byPost.get(person.post)
    if (people) people.push(person)
    else byPost.set(person.post, [person])
  }
  return [...byPost].map(([post, people]) => ({ post, people }))
}
