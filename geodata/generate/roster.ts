/** A roster under construction: people get codes, badges, phones and posts as they are named. */
import type { Post, Skill } from '#contract/members'
import type { MemberRow, PostRow } from './district.ts'
import { personName } from './names.ts'
import type { Random } from './random.ts'

/**
 * Phones of invented people: eleven digits like any mobile number, but 154 is a prefix that no carrier was given, so
 * that none of them can ring anywhere. Members have 15400…, reporters 15401….
 */
export const memberPhone = (number: number) => `15400${String(100_000 + number * 37).slice(-6)}`
export const reporterPhone = (number: number) => `15401${String(100_000 + number * 53).slice(-6)}`
/** Fixed lines: no area in China has the code 0700. */
export const officePhone = (number: number) => `0700-2900${String(number).padStart(4, '0')}`

export interface Place {
  areaCode: string
  buildingCode?: string
  servicePointCode?: string
}

/** Share of people with at least one skill, and how common each skill is. */
const SKILLED = 0.22
const skillWeights: Record<Skill, number> = {
  plumber: 14,
  electrician: 15,
  mediator: 14,
  firstAid: 13,
  locksmith: 4,
  carpenter: 5,
  appliance: 9,
  care: 12,
  legal: 6,
  counsel: 6,
  interpreter: 3,
  barber: 5,
}

export class Roster {
  readonly members: MemberRow[] = []
  readonly posts: PostRow[] = []
  private readonly names = new Set<string>()
  private readonly badges: number[]
  private readonly random: Random

  constructor(random: Random) {
    this.random = random
    this.badges = random.shuffled(Array.from({ length: 9_000 }, (_, index) => 1_000 + index))
  }

  /** A new person with a post at each place. */
  appoint(post: Post, branchCode: string, places: Place[], partyShare = 0.6): MemberRow {
    const number = this.members.length + 1
    const member: MemberRow = {
      code: `M${String(number).padStart(5, '0')}`,
      name: this.freshName(),
      badge: String(this.badges.pop() ?? 0),
      phone: memberPhone(number),
      isPartyMember: this.random.chance(partyShare),
      branchCode,
      skills: this.pickSkills(),
    }
    this.members.push(member)
    for (const place of places) this.give(member, post, place)
    return member
  }

  give(member: MemberRow, post: Post, { areaCode, buildingCode, servicePointCode }: Place): void {
    this.posts.push({
      memberCode: member.code,
      post,
      areaCode,
      buildingCode: buildingCode ?? null,
      servicePointCode: servicePointCode ?? null,
    })
  }

  /** No two people of a district share a name, so that a demo's search finds one person. */
  private freshName(): string {
    for (;;) {
      const name = personName(this.random)
      if (this.names.has(name)) continue
      this.names.add(name)
      return name
    }
  }

  private pickSkills(): Skill[] {
    if (!this.random.chance(SKILLED)) return []
    const found = new Set([this.random.weighted(skillWeights)])
    if (this.random.chance(0.2)) found.add(this.random.weighted(skillWeights))
    return [...found]
  }
}
