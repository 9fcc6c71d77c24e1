/** Service teams and patrols: 270 of them, each of at least three people of its own area. */
import type { Skill } from '#contract/members'
import type { AreaRow, MemberRow, PostRow, TeamRow } from './district.ts'
import { createRandom, type Random } from './random.ts'

export const TEAM_COUNT = 270
const MIN_PEOPLE = 3

/** Teams of a community, by what their people can do. */
const trades: { name: string; skills: Skill[] }[] = [
  { name: '水电维修服务队', skills: ['plumber', 'electrician'] },
  { name: '邻里调解服务队', skills: ['mediator', 'legal'] },
  { name: '助老关爱服务队', skills: ['care', 'firstAid'] },
  { name: '家电便民服务队', skills: ['appliance', 'locksmith', 'carpenter', 'barber'] },
  { name: '心理关怀服务队', skills: ['counsel', 'care'] },
  { name: '急救互助服务队', skills: ['firstAid'] },
]

export function formTeams(seed: number, areas: AreaRow[], members: MemberRow[], posts: PostRow[]): TeamRow[] {
  const random = createRandom(seed, 'teams')
  const grids = areas.filter(({ level }) => level === 'grid')
  const communities = areas.filter(({ level }) => level === 'community')
  const peopleOf = peopleByArea(members, posts)
  const teams: TeamRow[] = []
  const add = (name: string, kind: TeamRow['kind'], areaCode: string, people: MemberRow[]) => {
    const [leader] = people
    if (!leader || people.length < MIN_PEOPLE) return
    const code = `T${String(teams.length + 1).padStart(4, '0')}`
    teams.push({ code, name, kind, areaCode, leaderCode: leader.code, memberCodes: people.map((each) => each.code) })
  }
  for (const grid of grids) add(`${grid.name}邻里服务队`, 'service', grid.code, someOf(peopleOf(grid.code), random))
  for (const community of communities) {
    const people = peopleOf(community.code)
    for (const { name, skills } of trades) {
      const skilled = people.filter((each) => each.skills.some((skill) => skills.includes(skill)))
      add(`${community.name}${name}`, 'service', community.code, someOf(skilled, random))
    }
  }
  for (const grid of patrolGrids(grids, TEAM_COUNT - teams.length, random)) {
    add(`${grid.name}平安巡逻队`, 'patrol', grid.code, someOf([...peopleOf(grid.code)].reverse(), random))
  }
  if (teams.length !== TEAM_COUNT) throw new Error(`There are people for ${teams.length} teams only.`)
  return teams
}

/** Everybody with a post in an area or below it, in the order of their appointment: leaders first. */
function peopleByArea(members: MemberRow[], posts: PostRow[]): (areaCode: string) => MemberRow[] {
  const areasOf = new Map<string, string[]>()
  for (const { memberCode, areaCode } of posts) areasOf.set(memberCode, [...(areasOf.get(memberCode) ?? []), areaCode])
  return (areaCode) => members.filter(({ code }) => areasOf.get(code)?.some((own) => own.startsWith(areaCode)))
}

/** Three to seven: the first of the list leads. */
function someOf(people: MemberRow[], random: Random): MemberRow[] {
  const [first, ...others] = people
  return first ? [first, ...random.shuffled(others).slice(0, random.whole(MIN_PEOPLE - 1, 6))] : []
}

/** Patrols go where most people live. */
function patrolGrids(grids: AreaRow[], count: number, random: Random): AreaRow[] {
  return random
    .shuffled(grids)
    .sort((a, b) => b.households - a.households)
    .slice(0, count)
}
