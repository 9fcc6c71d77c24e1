import { expect, it } from 'vitest'
import { selectionOf, withSelection } from '../../../client/dispatch/selection-link.ts'
import { cardKinds } from '../../../client/stores/selection.ts'

const id = '0192f0c0-0000-7000-8000-000000000001'

it.each(cardKinds)('keeps a chosen %s over a reload', (kind) => {
  expect(selectionOf(withSelection({}, { kind, id }))).toEqual({ kind, id })
})

it('replaces the choice and leaves the rest of the address alone', () => {
  const query = withSelection({ area: id, scene: 'a' }, { kind: 'case', id })
  expect(query).toEqual({ scene: 'a', case: id })
  expect(withSelection(query, null)).toEqual({ scene: 'a' })
})

it.each([{}, { case: '' }, { case: '../../etc' }, { case: ['x', 'y'] }, { wall: id }])(
  'finds no choice in %j',
  (query) => {
    expect(selectionOf(query)).toBeNull()
  },
)
