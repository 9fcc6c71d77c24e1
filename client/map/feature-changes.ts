/** What differs between two states of a source, by the features' ids: the rest need not go to the map's worker again. */
import type { Feature, FeatureCollection, Point } from 'geojson'

export type FeatureId = string | number
export interface FeatureChanges {
  /** New ones and those that differ. */
  add: Feature[]
  remove: FeatureId[]
}

/** Features by id; every feature must have one of its own. */
export function byFeatureId({ features }: FeatureCollection): Map<FeatureId, Feature> {
  return new Map(features.map((feature) => [feature.id ?? '', feature]))
}

/** Compares points by place and properties; other shapes count as changed whenever they are other objects. */
export function featureChanges(
  before: ReadonlyMap<FeatureId, Feature>,
  after: ReadonlyMap<FeatureId, Feature>,
): FeatureChanges {
  const add: Feature[] = []
  for (const [id, feature] of after) {
    const old = before.get(id)
    if (!old || !isSame(old, feature)) add.push(feature)
  }
  const remove: FeatureId[] = []
  for (const id of before.keys()) if (!after.has(id)) remove.push(id)
  return { add, remove }
}

function isSame(a: Feature, b: Feature): boolean {
  if (a === b) return true
  if (a.geometry.type !== 'Point' || b.geometry.type !== 'Point') return false
  return samePlace(a.geometry, b.geometry) && sameProperties(a.properties ?? {}, b.properties ?? {})
}

const samePlace = ({ coordinates: a }: Point, { coordinates: b }: Point) => a[0] === b[0] && a[1] === b[1]

function sameProperties(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  let count = 0
  for (const name in a) {
    count++
    if (!sameValue(a[name], b[name])) return false
  }
  for (const _ in b) count--
  return count === 0
}

const sameValue = (a: unknown, b: unknown): boolean =>
  a === b ||
  (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, index) => value === b[index]))
