/** How many unresolved cases each area holds, and how bad the worst is. */
import type { Area } from '#contract/areas'
import { type OpenCase, type Supervision, supervisionOf, supervisionStates } from '#contract/cases'

export interface AreaState {
  openCases: number
  worst: Supervision | null
}

/** The worse of two; null is nothing at all. */
export function worse(a: Supervision | null, b: Supervision | null): Supervision | null {
  if (a === null || b === null) return a ?? b
  return supervisionStates.indexOf(a) >= supervisionStates.indexOf(b) ? a : b
}

/** By area id, parents included: a case counts in its grid and in everything above. Areas without cases are missing. */
export function stateByArea(
  cases: readonly OpenCase[],
  areas: ReadonlyMap<string, Pick<Area, 'parentId'>>,
  now: number,
): ReadonlyMap<string, AreaState> {
  const states = new Map<string, AreaState>()
  for (const item of cases) {
    const supervision = supervisionOf(item, now)
    for (let id = item.areaId; id !== null; id = areas.get(id)?.parentId ?? null) {
      const state = states.get(id) ?? { openCases: 0, worst: null }
      states.set(id, { openCases: state.openCases + 1, worst: worse(state.worst, supervision) })
    }
  }
  return states
}
