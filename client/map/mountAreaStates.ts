/** Open cases and supervision of the areas, as feature states: the tiles stay, only what differs is sent. */
import type { Map as MapLibreMap } from 'maplibre-gl'
import { AREAS } from './layer.ts'
import type { AreaState, MapModel } from './map-model.ts'

interface Shown {
  open: number
  worst: string
}

const NOTHING: Shown = { open: 0, worst: 'none' }
const shownOf = (state: AreaState | undefined): Shown =>
  state ? { open: state.openCases, worst: state.worst ?? 'none' } : NOTHING

/** Areas whose state differs, with their new one. */
export function changedStates(
  before: ReadonlyMap<string, AreaState>,
  after: ReadonlyMap<string, AreaState>,
): [id: string, Shown][] {
  const ids = new Set([...before.keys(), ...after.keys()])
  return [...ids].flatMap((id): [string, Shown][] => {
    const [old, next] = [shownOf(before.get(id)), shownOf(after.get(id))]
    return old.open === next.open && old.worst === next.worst ? [] : [[id, next]]
  })
}

export function mountAreaStates(map: MapLibreMap, model: MapModel) {
  let shown: ReadonlyMap<string, AreaState> = new Map()
  const update = ({ areas }: MapModel) => {
    if (areas === shown) return
    for (const [id, state] of changedStates(shown, areas))
      for (const sourceLayer of ['area', 'edge']) map.setFeatureState({ source: AREAS, sourceLayer, id }, state)
    shown = areas
  }
  update(model)
  return { update }
}
