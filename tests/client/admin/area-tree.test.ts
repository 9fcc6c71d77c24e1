import { expect, it } from 'vitest'
import type { Area } from '#contract/areas'
import { areaRows, findAreas } from '../../../client/dispatch/admin/areas/area-tree.ts'

const area = (id: string, parentId: string | null, code: string): Area => ({
  id,
  parentId,
  level: parentId === null ? 'street' : 'grid',
  code,
  name: `名${id}`,
  centre: [114, 22],
  bounds: [114, 22, 115, 23],
  squareMetres: 1,
  households: null,
  branchName: null,
})

it('puts parents before children, siblings by code, and says what is above', () => {
  const rows = areaRows([area('c', 'b', '112'), area('d', 'b', '111'), area('b', 'a', '11'), area('a', null, '1')])
  expect(rows.map(({ id, depth, above }) => [id, depth, above])).toEqual([
    ['a', 0, ''],
    ['b', 1, '名a'],
    ['d', 2, '名a › 名b'],
    ['c', 2, '名a › 名b'],
  ])
})

it('takes an area whose parent is out of reach for a root', () => {
  expect(areaRows([area('b', 'a', '11')]).map(({ id, depth }) => [id, depth])).toEqual([['b', 0]])
})

it('finds by name or code', () => {
  const rows = areaRows([area('b', 'a', '44X'), area('a', null, '44')])
  expect(findAreas(rows, ' 44x ').map(({ id }) => id)).toEqual(['b'])
  expect(findAreas(rows, '名a').map(({ id }) => id)).toEqual(['a'])
  expect(findAreas(rows, '')).toHaveLength(2)
})
