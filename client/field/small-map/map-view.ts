/** Where a small map looks: a box of the earth fitted into a picture, and the tiles that show it. Web Mercator. */
import type { Bounds, LonLat } from '#contract/geo'
import { BUILDING_SHAPE_ZOOM, TILE_MAX_ZOOM } from '#contract/tiles'

export interface MapView {
  /** Pixel of a place: [x, y] from the upper left corner. */
  pixelOf(place: LonLat): [number, number]
  /** Pixels of a point of a tile, given as shares of the tile from its upper left corner. */
  pixelIn(tile: Tile, shareX: number, shareY: number): [number, number]
  tiles: readonly Tile[]
  /** Pixels in a metre, in the middle. */
  pixelsPerMetre: number
}

export interface Tile {
  z: number
  x: number
  y: number
}

const TILE_PIXELS = 256
const EARTH_CIRCUMFERENCE_METRES = 40_075_016.686

/** `padding` in pixels is kept free around the box. */
export function mapView(bounds: Bounds, width: number, height: number, padding: number): MapView {
  const [west, north] = worldOf([bounds[0], bounds[3]])
  const [east, south] = worldOf([bounds[2], bounds[1]])
  /** Pixels of the whole world. */
  const scale = Math.min((width - 2 * padding) / (east - west), (height - 2 * padding) / (south - north))
  const left = (west + east) / 2 - width / 2 / scale
  const top = (north + south) / 2 - height / 2 / scale
  const z = Math.min(TILE_MAX_ZOOM, Math.max(BUILDING_SHAPE_ZOOM, Math.round(Math.log2(scale / TILE_PIXELS))))
  const across = 2 ** z
  const pixel = (x: number, y: number): [number, number] => [(x - left) * scale, (y - top) * scale]
  const latitude = (bounds[1] + bounds[3]) / 2

  return {
    pixelOf: (place) => pixel(...worldOf(place)),
    pixelIn: (tile, shareX, shareY) => pixel((tile.x + shareX) / across, (tile.y + shareY) / across),
    tiles: tilesBetween(
      z,
      left * across,
      top * across,
      (left + width / scale) * across,
      (top + height / scale) * across,
    ),
    pixelsPerMetre: scale / (EARTH_CIRCUMFERENCE_METRES * Math.cos((latitude * Math.PI) / 180)),
  }
}

function tilesBetween(z: number, left: number, top: number, right: number, bottom: number): Tile[] {
  const tiles: Tile[] = []
  for (let y = Math.floor(top); y < bottom; y++) for (let x = Math.floor(left); x < right; x++) tiles.push({ z, x, y })
  return tiles
}

/** Shares of the square world map from its upper left corner. */
function worldOf([longitude, latitude]: LonLat): [number, number] {
  const sine = Math.sin((latitude * Math.PI) / 180)
  return [(longitude + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)]
}
