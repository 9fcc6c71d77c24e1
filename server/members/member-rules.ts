/** What an administrator may write about a person: posts within his own area, and never one he then loses sight of. */
import type { MemberWrite } from '#contract/members'
import { maskPhone } from '../auth/audience.ts'
import { badInput } from '../errors.ts'
import type { MemberChangesQueries } from './member-changes.queries.ts'

/** Posts held already may be sent back unchanged, wherever they are; new ones must lie in scope. */
export async function refuseForeignPosts(
  queries: Pick<MemberChangesQueries, 'areasAmong'>,
  scope: readonly string[],
  { posts }: MemberWrite,
  held: readonly { post: string; areaId: string }[],
): Promise<void> {
  const reached = new Set(
    await queries.areasAmong(
      posts.map(({ areaId }) => areaId),
      scope,
    ),
  )
  const isHeld = (wanted: { post: string; areaId: string }) =>
    held.some(({ post, areaId }) => post === wanted.post && areaId === wanted.areaId)
  const foreign = posts.findIndex((post) => !reached.has(post.areaId) && !isHeld(post))
  if (foreign >= 0) throw badInput(`posts.${foreign}.areaId`, 'this area was not found, or is outside your area')
}

/** Somebody without a post or a team in scope would be out of sight of the one who wrote that. */
export const outOfSight = () => badInput('posts', 'keep at least one post in your area, or switch the person off')

/** What to store: the number itself, or the one held when its mask came back. */
export function keptPhone(wanted: string | null, held: string | null): string | null {
  if (wanted === null || !wanted.includes('*')) return wanted
  if (held !== null && maskPhone(held) === wanted) return held
  throw badInput('phone', 'write the whole number')
}
