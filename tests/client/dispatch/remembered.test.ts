import { expect, it } from 'vitest'
import { parseRemembered } from '../../../client/dispatch/remembered.ts'

const layers = {
  choropleth: true,
  borders: true,
  buildings: false,
  servicePoints: true,
  cases: true,
  heat: true,
  labels: true,
}

it('takes back what was kept', () => {
  const kept = {
    theme: 'light',
    language: 'en',
    paneWidths: { queue: 320, card: null },
    layers,
    isLayerPanelOpen: false,
  }
  expect(parseRemembered(JSON.stringify(kept))).toEqual(kept)
})

it.each([null, '', '{', '[]', '{"theme":"pink"}', '{"paneWidths":{"queue":-5,"card":null}}', '{"layers":{"heat":1}}'])(
  'forgets what cannot be: %s',
  (text) => {
    expect(parseRemembered(text)).toEqual({})
  },
)
