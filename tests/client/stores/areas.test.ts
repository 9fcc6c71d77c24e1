import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { useAreas } from '../../../client/stores/areas.ts'
import { area, street } from '../../support/open-cases.ts'

beforeEach(() => setActivePinia(createPinia()))

it('knows what lies above and below an area', () => {
  const areas = useAreas()
  areas.list = street
  expect(areas.lineage('w2').map(({ id }) => id)).toEqual(['w2', 'west', 'street'])
  expect([...areas.subtree('west')].sort()).toEqual(['w1', 'w2', 'west'])
  expect(areas.children(null).map(({ id }) => id)).toEqual(['street'])
})

it('takes an area whose parent is out of reach as a root', () => {
  const areas = useAreas()
  areas.list = [area('w1', 'west'), area('w2', 'west')]
  expect(areas.children(null).map(({ id }) => id)).toEqual(['w1', 'w2'])
  expect(areas.lineage('w1').map(({ id }) => id)).toEqual(['w1'])
})

it('knows nothing above an area it does not hold', () => {
  expect(useAreas().lineage('elsewhere')).toEqual([])
  expect(useAreas().lineage(null)).toEqual([])
})
