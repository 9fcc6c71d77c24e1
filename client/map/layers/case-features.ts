/** Unresolved cases as map features: one a place. The marks and the heat map draw the same ones. */
import type { FeatureCollection } from 'geojson'
import { supervisionStates } from '#contract/cases'
import { caseIcon, stackIcon } from '../icons/icon-id.ts'
import type { MapModel } from '../map-model.ts'
import { toMapLngLat } from '../toMapLngLat.ts'
import { casePlaces } from './case-places.ts'

export const CASES_SOURCE = 'cases'

/** `ids` lists the cases of a place, joined by commas, the worst first. */
export function caseFeatures({ cases, now, theme }: MapModel): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: casePlaces(cases, now).map(({ position, cases: here, worst, weight }) => ({
      type: 'Feature',
      properties: {
        ids: here.map(({ id }) => id).join(','),
        worst,
        weight: Number(weight.toFixed(2)),
        icon: caseIcon(worst, theme),
        order: -supervisionStates.indexOf(worst) * 1000 - here.length,
        ...(here.length > 1 && { stack: stackIcon(here.length, theme) }),
      },
      geometry: { type: 'Point', coordinates: toMapLngLat(position) },
    })),
  }
}
