/** Areas: streets, communities and grids. Parents come from a column, from the code's own digits, or from the place. */
import { type AreaLevel, areaLevels } from '#contract/areas'
import { createStrictChoice, levelWords } from '../choices.ts'
import { contentCode } from '../content-code.ts'
import { createBranchNamer, createFinder } from '../lookups.ts'
import { Refused } from '../refused.ts'
import { type Kind, type Maker, type MakerContext, type StagedRow, SURFACES } from './kind.ts'

const MAX_HOUSEHOLDS = 1_000_000
/** A 15-digit unit-cell code is district 6, street 3, community 3, sequence 3; its ancestors are its beginnings. */
const CODE_BEGINNINGS = [12, 9, 6]

interface Given {
  row: StagedRow
  name: string
  level: AreaLevel
  parent: string | null
}

export const areas: Kind = {
  shapes: SURFACES,
  needsPlace: true,
  isInGrid: false,
  createMaker: (context) => createAreasMaker(context),
}

function createAreasMaker({ level: givenLevel, columns, lookups }: MakerContext): Maker {
  const chooseLevel = createStrictChoice(levelWords)
  const findBranch = createBranchNamer(lookups.branches)
  const given: Given[] = []
  return {
    take({ index, fields, shape }) {
      const level = fields.read('level', chooseLevel) ?? givenLevel
      if (level === null) throw new Refused('level_unknown', {}, columns.get('level')?.[0] ?? 'level')
      const named = fields.text('name', 60)
      const code = fields.code('code') ?? contentCode(level, named, named === null ? shape : null)
      const name = named ?? code
      const households = fields.whole('households', 0, MAX_HOUSEHOLDS)
      const branch = findBranch(fields.text('branch', 60))
      const row = { index, code, data: { name, level, households, branch, parentCode: null }, shape }
      given.push({ row, name, level, parent: fields.text('parent', 60) })
      return null
    },
    // A parent may stand anywhere in the file, so parents are looked for at the end.
    finish() {
      const candidates = [
        ...given.map(({ row, name, level }) => ({ code: row.code, name, level })),
        ...lookups.areas.filter(({ code }) => !given.some(({ row }) => row.code === code)),
      ]
      const find = createFinder(candidates, ({ name }) => [name])
      const rows: StagedRow[] = []
      const refused = []
      for (const { row, level, parent } of given)
        try {
          const parentCode = parent === null ? parentByCode(row.code, level, find) : namedParent(parent, level, find)
          rows.push({ ...row, data: { ...row.data, parentCode } })
        } catch (error) {
          if (!(error instanceof Refused)) throw error
          refused.push(error.toRow(row.index))
        }
      return { rows, refused }
    },
  }
}

const rank = (level: AreaLevel) => areaLevels.indexOf(level)
type Find = (value: string) => { code: string; level: AreaLevel } | 'ambiguous' | null

function namedParent(value: string, level: AreaLevel, find: Find): string {
  const found = find(value)
  if (found === null) throw new Refused('area_unknown', { value }, 'parent')
  if (found === 'ambiguous') throw new Refused('area_ambiguous', { value }, 'parent')
  if (rank(found.level) >= rank(level)) throw new Refused('parent_level_wrong', { value }, 'parent')
  return found.code
}

function parentByCode(code: string, level: AreaLevel, find: Find): string | null {
  if (!/^\d{9,15}$/.test(code)) return null
  for (const length of CODE_BEGINNINGS) {
    const found = length < code.length ? find(code.slice(0, length)) : null
    if (found !== null && found !== 'ambiguous' && rank(found.level) < rank(level)) return found.code
  }
  return null
}
