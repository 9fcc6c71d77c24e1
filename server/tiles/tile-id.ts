/** A tile of the Web Mercator pyramid and where it lies, in degrees of WGS-84. */
import type { Bounds } from '#contract/geo'
import { TILE_MAX_ZOOM } from '#contract/tiles'

export interface TileId {
  z: number
  x: number
  y: number
}

/** Pixels along a tile's side, as the map library draws it. */
const TILE_PIXELS = 512
/** Units along a tile's side in its encoding. */
export const TILE_EXTENT = 4096
/** Units beyond each side, so that lines and outlines do not end at the seam. */
export const TILE_BUFFER = 64

/** A tile's number from an address, or null when there is no such tile. */
export function parseTileId(z: string, x: string, y: string): TileId | null {
  const [zoom, column, row] = [z, x, y].map(wholeNumber)
  if (zoom === undefined || column === undefined || row === undefined) return null
  const across = 2 ** zoom
  return zoom <= TILE_MAX_ZOOM && column < across && row < across ? { z: zoom, x: column, y: row } : null
}

function wholeNumber(text: string): number | undefined {
  return /^(0|[1-9][0-9]{0,5})$/.test(text) ? Number(text) : undefined
}

/** [west, south, east, north] of a tile, grown on each side by a share of its side, kept inside the world. */
export function tileBounds({ z, x, y }: TileId, grow: number): Bounds {
  const across = 2 ** z
  const longitude = (column: number) => (clamp01(column / across) - 0.5) * 360
  const latitude = (row: number) => latitudeAt(clamp01(row / across))
  return [longitude(x - grow), latitude(y + 1 + grow), longitude(x + 1 + grow), latitude(y - grow)]
}

/** Degrees of longitude under one pixel. */
export const pixelDegrees = ({ z }: TileId) => 360 / 2 ** z / TILE_PIXELS

/** Square metres under one pixel in the middle of a tile. */
export function pixelSquareMetres(tile: TileId): number {
  const middle = latitudeAt((tile.y + 0.5) / 2 ** tile.z)
  const metres = pixelDegrees(tile) * 111_320 * Math.cos((middle * Math.PI) / 180)
  return metres * metres
}

const clamp01 = (value: number) => Math.min(1, Math.max(0, value))

/** Latitude of a height on the square world, 0 at the north edge, 1 at the south. */
function latitudeAt(height: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * height))) * 180) / Math.PI
}
