/** The base map's vocabulary: what a feature's kind means on the map, whatever the source called it. */

/** How a road is drawn, the widest first. */
export const roadClasses = ['main', 'secondary', 'minor', 'service', 'path'] as const
export type RoadClass = (typeof roadClasses)[number]

const roadClassByKind: Readonly<Record<string, RoadClass>> = {
  motorway: 'main',
  trunk: 'main',
  primary: 'main',
  main: 'main',
  major: 'main',
  major_road: 'main',
  expressway: 'main',
  secondary: 'secondary',
  tertiary: 'secondary',
  minor: 'minor',
  minor_road: 'minor',
  residential: 'minor',
  unclassified: 'minor',
  living_street: 'minor',
  local: 'minor',
  service: 'service',
  lane: 'service',
  alley: 'service',
  track: 'service',
  path: 'path',
  footway: 'path',
  pedestrian: 'path',
  cycleway: 'path',
  steps: 'path',
  bridleway: 'path',
  corridor: 'path',
  pier: 'path',
}

/** The class of a road's kind; a slip road goes with its road, a kind not known here is minor. */
export function roadClassOf(kind: string): RoadClass {
  return roadClassByKind[kind.toLowerCase().replace(/_link$/, '')] ?? 'minor'
}

/** The kinds drawn as one of the given classes (without the `_link` of slip roads). */
export function roadKindsOf(classes: readonly RoadClass[]): string[] {
  return Object.keys(roadClassByKind).filter((kind) => classes.includes(roadClassOf(kind)))
}
