/**
 * Places are WGS-84 everywhere; only here is it known which datum the base map is drawn in. Our own tiles are WGS-84
 * too, so nothing moves. A base map of another datum (GCJ-02) is converted here, both ways, and nowhere else.
 */
import type { LonLat } from '#contract/geo'

/** A place of ours → where the map draws it, [longitude, latitude] in degrees. */
export const toMapLngLat = ([longitude, latitude]: LonLat): [number, number] => [longitude, latitude]

/** A place on the map → a place of ours, the longitude brought back from other turns of the world. */
export function fromMapLngLat({ lng, lat }: { lng: number; lat: number }): LonLat {
  const turned = ((((lng + 180) % 360) + 360) % 360) - 180
  return [Number(turned.toFixed(7)), Number(Math.min(90, Math.max(-90, lat)).toFixed(7))]
}
