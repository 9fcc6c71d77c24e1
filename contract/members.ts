/** Members: staff and volunteers on the roster. `isPartyMember` is a property; a post ties a member to a place. */
import * as z from 'zod/mini'
import { optionalText, requiredText } from './text.ts'

/** Posts 岗位, in the order a card lists them. */
export const posts = [
  'streetDirector',
  'communitySecretary',
  'gridLeader',
  'gridMember',
  'police',
  'partyGroupLeader',
  'informant',
  'security',
  'sanitation',
  'civilAffairs',
  'buildingHead',
  'memberHousehold',
  'pointStaff',
] as const
export const post = z.enum(posts)
export type Post = z.infer<typeof post>

/** Where a post stands in that order; one the list does not know comes last. */
export function postRank(name: string): number {
  const at = (posts as readonly string[]).indexOf(name)
  return at < 0 ? posts.length : at
}

/** Posts whose holders answer for a whole area of the chain of responsibility; the others are on its roster only. */
const inCharge: ReadonlySet<string> = new Set<Post>([
  'streetDirector',
  'communitySecretary',
  'gridLeader',
  'gridMember',
])
/** The one who leads an area, by its level: street, community, grid. */
export const leadingPosts = ['streetDirector', 'communitySecretary', 'gridLeader'] as const satisfies readonly Post[]
export const isInCharge = (name: string) => inCharge.has(name)

/** Skills a call can ask for. */
export const skills = [
  'plumber',
  'electrician',
  'mediator',
  'firstAid',
  'locksmith',
  'carpenter',
  'appliance',
  'care',
  'legal',
  'counsel',
  'interpreter',
  'barber',
] as const
export const skill = z.enum(skills)
export type Skill = z.infer<typeof skill>

export const memberPost = z.object({ post, areaId: z.string(), areaName: z.string() })

export const member = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  badge: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  isPartyMember: z.boolean(),
  branchName: z.nullable(z.string()),
  skills: z.array(z.string()),
  posts: z.array(memberPost),
  teams: z.array(z.object({ id: z.string(), name: z.string() })),
  accountId: z.nullable(z.string()),
  isActive: z.boolean(),
  version: z.number(),
})
export type Member = z.infer<typeof member>

/** A number, or the mask it is shown under ("138****1234"), which means: leave it as it is. */
const phone = z.nullable(z.string().check(z.regex(/^(\+?[0-9][0-9 -]{2,18}[0-9]|[0-9]{0,3}\*{4}[0-9]{0,4})$/)))

export const memberWrite = z.strictObject({
  name: requiredText(40),
  badge: optionalText(20),
  phone,
  isPartyMember: z.boolean(),
  skills: z.array(skill).check(z.maxLength(12)),
  posts: z.array(z.strictObject({ post, areaId: z.uuid() })).check(z.maxLength(8)),
})
export type MemberWrite = z.infer<typeof memberWrite>

export const teamKinds = ['service', 'patrol'] as const
export const teamKind = z.enum(teamKinds)

export const team = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  kind: teamKind,
  areaId: z.string(),
  areaName: z.string(),
  leaderId: z.nullable(z.string()),
  leaderName: z.nullable(z.string()),
  members: z.array(z.object({ id: z.string(), name: z.string() })),
  version: z.number(),
})
export type Team = z.infer<typeof team>

export const teamWrite = z.strictObject({
  name: requiredText(40),
  kind: teamKind,
  areaId: z.uuid(),
  leaderId: z.uuid(),
  memberIds: z.array(z.uuid()).check(z.minLength(1), z.maxLength(200)),
})
export type TeamWrite = z.infer<typeof teamWrite>
