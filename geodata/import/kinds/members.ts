/** Members with their posts and skills. One person may stand on several rows, one a post. */
import type { RefusedRow } from '#contract/loads'
import type { Post } from '#contract/members'
import { createStrictChoice, postWords, skillWords } from '../choices.ts'
import { contentCode } from '../content-code.ts'
import { createAreaFinder, createBranchNamer, createFinder, type KnownNamed } from '../lookups.ts'
import { at, Refused } from '../refused.ts'
import type { RowFields } from '../row-fields.ts'
import type { Kind, Maker, MakerContext, SourceRow, StagedRow } from './kind.ts'

interface HeldPost {
  post: Post
  areaId: string
  buildingId: string | null
  servicePointId: string | null
}

interface Person {
  index: number
  code: string
  name: string
  phone: string | null
  badge: string | null
  isPartyMember: boolean
  branch: string | null
  isActive: boolean
  skills: Set<string>
  posts: Map<string, HeldPost>
}

export const members: Kind = {
  shapes: [],
  needsPlace: false,
  isInGrid: false,
  createMaker: (context) => createMembersMaker(context),
}

function createMembersMaker(context: MakerContext): Maker {
  const people = new Map<string, Person>()
  const nameBranch = createBranchNamer(context.lookups.branches)
  const readPosts = createPostsReader(context)
  const readSkill = createStrictChoice(skillWords)

  return {
    take(row: SourceRow) {
      const given = readPerson(row, nameBranch)
      const held = readPosts(row.fields)
      const skills = at(context.columns.get('skills')?.[0] ?? 'skills', () =>
        row.fields.list('skills', 40).map(readSkill),
      )
      const person = people.get(given.code) ?? given
      for (const field of ['name', 'phone'] as const)
        if (given[field] !== null && given[field] !== person[field])
          throw new Refused('rows_disagree', { first: person.index, value: given.code, field }, field)
      people.set(given.code, person)
      for (const skill of skills) person.skills.add(skill)
      for (const post of held) person.posts.set(keyOf(post), post)
      return null
    },
    finish: () => ({ rows: [...people.values()].map(toStaged), refused: [] as RefusedRow[] }),
  }
}

function readPerson({ index, fields }: SourceRow, nameBranch: (value: string | null) => string | null): Person {
  const name = fields.requiredText('name', 40)
  const phone = fields.phone('phone')
  const badge = fields.text('badge', 20)
  return {
    index,
    code: fields.text('code', 40) ?? contentCode('member', name, phone, badge),
    name,
    phone,
    badge,
    isPartyMember: fields.yesNo('isPartyMember') ?? false,
    branch: nameBranch(fields.text('branch', 60)),
    isActive: fields.yesNo('isActive') ?? true,
    skills: new Set(),
    posts: new Map(),
  }
}

const keyOf = ({ post, areaId, buildingId, servicePointId }: HeldPost) =>
  [post, areaId, buildingId ?? '', servicePointId ?? ''].join('|')

function toStaged({ index, code, skills, posts, ...person }: Person): StagedRow {
  const postKeys = [...posts.keys()].sort()
  const data = { ...person, skills: [...skills].sort(), postKeys, posts: postKeys.map((key) => posts.get(key)) }
  return { index, code, data, shape: null }
}

/** "网格长、信息员" for one area, or as many areas as posts. */
function createPostsReader({ columns, lookups }: MakerContext) {
  const readPost = createStrictChoice(postWords)
  const findArea = createAreaFinder(lookups.areas)
  const findBuilding = createFinder(lookups.buildings, ({ name }) => [name])
  const findPoint = createFinder(lookups.servicePoints, ({ name }) => [name])
  const column = (field: string) => columns.get(field)?.[0] ?? field

  return (fields: RowFields): HeldPost[] => {
    const posts = at(column('posts'), () => fields.list('posts', 20).map(readPost))
    if (posts.length === 0) return []
    const areas = at(column('areas'), () => fields.list('areas', 60).map(findArea))
    if (areas.length === 0) throw new Refused('post_needs_area', { value: posts.join(', ') }, column('areas'))
    if (areas.length > 1 && areas.length !== posts.length)
      throw new Refused('lists_uneven', { posts: posts.length, areas: areas.length }, column('areas'))
    const buildingId = fields.read('building', (value) => idOf(findBuilding(value), 'building_unknown', value))
    const servicePointId = fields.read('point', (value) => idOf(findPoint(value), 'point_unknown', value))
    return posts.map((post, index) => ({
      post,
      areaId: (areas[index] ?? areas[0])?.id ?? '',
      buildingId: post === 'buildingHead' || post === 'memberHousehold' ? buildingId : null,
      servicePointId: post === 'pointStaff' ? servicePointId : null,
    }))
  }
}

function idOf(
  found: KnownNamed | 'ambiguous' | null,
  code: 'building_unknown' | 'point_unknown',
  value: string,
): string {
  if (found === null || found === 'ambiguous') throw new Refused(code, { value })
  return found.id
}
