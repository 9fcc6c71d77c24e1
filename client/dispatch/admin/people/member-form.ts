/** A member as the form holds it, and as the contract takes it. */
import { type Member, type MemberWrite, memberWrite, type Post, type Skill, skills } from '#contract/members'
import { type Faults, faultsOf } from '../edit/field-faults.ts'

export interface MemberFields {
  name: string
  badge: string
  phone: string
  isPartyMember: boolean
  skills: Skill[]
  /** areaId '' = not picked yet. */
  posts: { post: Post; areaId: string }[]
  isActive: boolean
}

const isSkill = (value: string): value is Skill => (skills as readonly string[]).includes(value)

export function memberFields(member: Member | null): MemberFields {
  return {
    name: member?.name ?? '',
    badge: member?.badge ?? '',
    phone: member?.phone ?? '',
    isPartyMember: member?.isPartyMember ?? false,
    skills: member?.skills.filter(isSkill) ?? [],
    posts: member?.posts.map(({ post, areaId }) => ({ post, areaId })) ?? [],
    isActive: member?.isActive ?? true,
  }
}

/** What is sent. An empty box is null; a post given twice is one post. */
export function memberBody(fields: MemberFields): MemberWrite {
  const posts = new Map(fields.posts.map((each) => [`${each.post} ${each.areaId}`, each]))
  return {
    name: fields.name.trim(),
    badge: fields.badge.trim() || null,
    phone: fields.phone.trim() || null,
    isPartyMember: fields.isPartyMember,
    skills: [...fields.skills],
    posts: [...posts.values()].map(({ post, areaId }) => ({ post, areaId })),
  }
}

/**
 * `held` is the phone as this reader sees it, perhaps masked. A mask sent back leaves the number as it is; a mask that
 * was typed in says nothing.
 */
export function memberFaults(fields: MemberFields, held: string | null = null): Faults {
  const faults = faultsOf(memberWrite, memberBody(fields))
  return fields.phone.includes('*') && fields.phone.trim() !== held ? { ...faults, phone: 'wholePhone' } : faults
}
