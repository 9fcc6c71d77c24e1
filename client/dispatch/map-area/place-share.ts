/** Where on the drawn map a place lies, as shares of its width and height from the top left (Web Mercator, north up). */
import type { Bounds, LonLat } from '#contract/geo'

const mercator = (latitude: number) => Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360))

export function placeShare([lon, lat]: LonLat, [west, south, east, north]: Bounds): { x: number; y: number } {
  return {
    x: (lon - west) / (east - west),
    y: (mercator(north) - mercator(lat)) / (mercator(north) - mercator(south)),
  }
}
