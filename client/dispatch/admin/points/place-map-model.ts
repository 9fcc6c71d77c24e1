/** What the small map shows: the district, and one mark where the service point is to be. */
import type { LonLat } from '#contract/geo'
import type { ServicePointKind } from '#contract/service-points'
import { type MapModel, noPeople } from '../../../map/map-model.ts'

/** The mark is no stored service point; this id never leaves the page. */
const MARK_ID = 'place'

export function placeMapModel(
  given: Pick<MapModel, 'theme' | 'district' | 'areaList' | 'now'> & { place: LonLat | null; kind: ServicePointKind },
): MapModel {
  const { place, kind, ...shown } = given
  const mark = {
    id: MARK_ID,
    code: MARK_ID,
    name: '',
    kind,
    address: null,
    phone: null,
    services: [],
    hours: [],
    closedOn: null,
    closedReason: null,
    areaId: null,
    areaName: null,
    version: 0,
    isOpen: true,
  }
  return {
    ...shown,
    areas: new Map(),
    cases: [],
    people: noPeople,
    calls: [],
    nearest: null,
    track: null,
    trackPlace: null,
    servicePoints: place ? [{ ...mark, position: place }] : [],
    visible: {
      people: false,
      choropleth: false,
      borders: true,
      buildings: true,
      servicePoints: true,
      cases: false,
      heat: false,
      labels: true,
    },
    selected: place ? { kind: 'servicePoint', id: MARK_ID } : null,
  }
}
