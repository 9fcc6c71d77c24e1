/** Who and what is near a case: the grid's members in turn, the nearest building, the desk's staff. */
import type { BuildingRow, MemberRow, PostRow } from '../district.ts'
import { distance, type Point } from '../plane.ts'

/** The grid members of a grid take turns. */
export function takeTurns(members: MemberRow[], posts: PostRow[]): (areaCode: string) => MemberRow {
  const byCode = new Map(members.map((member) => [member.code, member]))
  const byGrid = new Map<string, MemberRow[]>()
  for (const { post, areaCode, memberCode } of posts) {
    const member = post === 'gridMember' ? byCode.get(memberCode) : undefined
    if (member) byGrid.set(areaCode, [...(byGrid.get(areaCode) ?? []), member])
  }
  let turn = 0
  return (areaCode) => {
    const own = byGrid.get(areaCode) ?? []
    const member = own[turn++ % Math.max(1, own.length)]
    if (!member) throw new Error(`The grid ${areaCode} has no grid member.`)
    return member
  }
}

/** Answers the building of a grid nearest to a place on the ground; `places` in the order of `buildings`. */
export function createNearest(buildings: BuildingRow[], places: Point[]) {
  const byGrid = new Map<string, number[]>()
  for (const [index, { areaCode }] of buildings.entries()) {
    const own = byGrid.get(areaCode)
    if (own) own.push(index)
    else byGrid.set(areaCode, [index])
  }
  return (areaCode: string, spot: Point): BuildingRow | undefined => {
    let best: number | null = null
    let bestAway = Infinity
    for (const index of byGrid.get(areaCode) ?? []) {
      const away = distance(places[index] ?? [Infinity, 0], spot)
      if (away < bestAway) [best, bestAway] = [index, away]
    }
    return best === null ? undefined : buildings[best]
  }
}
