/** Paint order, bottom first. */
import { buildings } from '../basemap/buildings.layer.ts'
import { ground } from '../basemap/ground.layer.ts'
import { names } from '../basemap/names.layer.ts'
import { roads } from '../basemap/roads.layer.ts'
import { water } from '../basemap/water.layer.ts'
import type { MapLayer } from '../layer.ts'
import { accuracy } from './accuracy.layer.ts'
import { areaLabels } from './area-labels.layer.ts'
import { borders } from './borders.layer.ts'
import { callLines, callMarks } from './calls.layer.ts'
import { caseMarks } from './cases.layer.ts'
import { choropleth } from './choropleth.layer.ts'
import { heat } from './heat.layer.ts'
import { innerEdges } from './inner-edges.layer.ts'
import { nearestLines, nearestRanks } from './nearest.layer.ts'
import { outside, outsideGround } from './outside.layer.ts'
import { people } from './people.layer.ts'
import { peopleCells } from './people-cells.layer.ts'
import { selectedLine, selectedTint } from './selected-area.layer.ts'
import { servicePoints } from './service-points.layer.ts'
import { track, trackPlace } from './track.layer.ts'

/** Symbols further up this list choose their place first; those below yield. */
export const paintOrder: readonly MapLayer[] = [
  ground,
  choropleth,
  selectedTint,
  outsideGround,
  water,
  buildings,
  roads,
  outside,
  heat,
  borders,
  innerEdges,
  selectedLine,
  names,
  areaLabels,
  servicePoints,
  caseMarks,
  peopleCells,
  accuracy,
  track,
  nearestLines,
  callLines,
  people,
  trackPlace,
  nearestRanks,
  callMarks,
]
