/** Draws the ground, the one grid that counts, and its open cases. Colours of the phone's small maps; no text. */
import type { VectorTile, VectorTileFeature } from '@mapbox/vector-tile'
import { type OpenCase, type Supervision, supervisionOf, supervisionStates } from '#contract/cases'
import type { LonLat } from '#contract/geo'
import type { MapView, Tile } from './map-view.ts'
import type { ReadTile } from './read-tile.ts'

const colours = {
  land: '#edebe4',
  building: '#dcd9cf',
  buildingEdge: '#c9c5b8',
  road: '#ffffff',
  roadEdge: '#bdbbb2',
  green: '#c8e4bf',
  water: '#b5dcf0',
  grid: '#005783',
  gridFill: 'rgb(0 87 131 / 10%)',
  edge: '#ffffff',
  pin: '#0c1a29',
} as const
const markColours: Record<Supervision, string> = { onTime: '#0a58a6', nearLimit: '#a86200', overdue: '#ab1f17' }

/** Metres across, by the tiles' road classes; widest drawn last. */
const roadMetres: readonly (readonly [string, number])[] = [
  ['path', 2],
  ['service', 4],
  ['minor', 7],
  ['secondary', 11],
  ['main', 16],
]
const MARK_PIXELS = 9
const PIN_PIXELS = 13
const GRID_LINE_PIXELS = 2.5

export interface MapDrawing {
  view: MapView
  tiles: readonly ReadTile[]
  /** The grid that is set apart; null for none. */
  gridId: string | null
  cases: readonly OpenCase[]
  /** Where this phone is; null when that is not known. */
  self: LonLat | null
  /** Where somebody is going; null for nowhere. */
  target: LonLat | null
  now: number
}

export function drawMap(canvas: CanvasRenderingContext2D, width: number, height: number, drawing: MapDrawing): void {
  const { view, tiles, gridId } = drawing
  canvas.fillStyle = colours.land
  canvas.fillRect(0, 0, width, height)
  canvas.lineJoin = 'round'
  canvas.lineCap = 'round'

  const each = (source: 'base' | 'areas', layer: string, use: (path: Path2D, feature: VectorTileFeature) => void) => {
    for (const read of tiles)
      for (const feature of featuresOf(read[source], layer)) use(pathOf(view, read.tile, feature), feature)
  }
  const fill = (layer: string, colour: string) =>
    each('base', layer, (path) => {
      canvas.fillStyle = colour
      canvas.fill(path, 'evenodd')
    })

  fill('green', colours.green)
  fill('water', colours.water)
  drawRoads(canvas, view, each)
  each('base', 'building', (path) => {
    canvas.fillStyle = colours.building
    canvas.fill(path, 'evenodd')
    canvas.strokeStyle = colours.buildingEdge
    canvas.lineWidth = 0.75
    canvas.stroke(path)
  })
  for (const read of tiles)
    for (const feature of featuresOf(read.areas, 'area')) {
      if (feature.properties.id !== gridId) continue
      // Tiles overlap a little, and a tint laid twice would show.
      canvas.save()
      canvas.clip(squareOf(view, read.tile))
      canvas.fillStyle = colours.gridFill
      canvas.fill(pathOf(view, read.tile, feature), 'evenodd')
      canvas.restore()
    }
  each('areas', 'edge', (path, { properties }) => {
    if (properties.id !== gridId) return
    canvas.strokeStyle = colours.grid
    canvas.lineWidth = GRID_LINE_PIXELS
    canvas.stroke(path)
  })
  drawMarks(canvas, drawing)
}

type Each = (source: 'base' | 'areas', layer: string, use: (path: Path2D, feature: VectorTileFeature) => void) => void

/** All edges before all surfaces, so that roads join where they meet. */
function drawRoads(canvas: CanvasRenderingContext2D, { pixelsPerMetre }: MapView, each: Each): void {
  for (const isEdge of [true, false])
    for (const [roadClass, metres] of roadMetres)
      each('base', 'road', (path, { properties }) => {
        if (properties.class !== roadClass || (isEdge && roadClass === 'path')) return
        canvas.strokeStyle = isEdge ? colours.roadEdge : colours.road
        canvas.lineWidth = Math.max(1, metres * pixelsPerMetre) + (isEdge ? 1.5 : 0)
        canvas.stroke(path)
      })
}

/** The worst on top; himself above all. */
function drawMarks(canvas: CanvasRenderingContext2D, { view, cases, self, target, now }: MapDrawing): void {
  canvas.strokeStyle = colours.edge
  canvas.lineWidth = 4
  for (const state of supervisionStates)
    for (const item of cases) {
      if (item.position === null || supervisionOf(item, now) !== state) continue
      const path = markPath(state, view.pixelOf(item.position))
      canvas.fillStyle = markColours[state]
      canvas.stroke(path)
      canvas.fill(path)
    }
  if (target) drawTarget(canvas, view.pixelOf(target))
  if (!self) return
  const [x, y] = view.pixelOf(self)
  const path = new Path2D()
  path.arc(x, y, MARK_PIXELS, 0, 2 * Math.PI)
  canvas.fillStyle = colours.edge
  canvas.fill(path)
  canvas.strokeStyle = colours.grid
  canvas.lineWidth = 5
  canvas.stroke(path)
}

/** A pin whose point is the place. */
function drawTarget(canvas: CanvasRenderingContext2D, [x, y]: readonly [number, number]): void {
  const r = PIN_PIXELS
  const head = y - 2.2 * r
  const path = new Path2D()
  path.moveTo(x, y)
  path.quadraticCurveTo(x - r, y - r, x - r, head)
  path.arc(x, head, r, Math.PI, 2 * Math.PI)
  path.quadraticCurveTo(x + r, y - r, x, y)
  canvas.fillStyle = colours.pin
  canvas.strokeStyle = colours.edge
  canvas.lineWidth = 4
  canvas.stroke(path)
  canvas.fill(path)
  const eye = new Path2D()
  eye.arc(x, head, r / 2.6, 0, 2 * Math.PI)
  canvas.fillStyle = colours.edge
  canvas.fill(eye)
}

function markPath(state: Supervision, [x, y]: readonly [number, number]): Path2D {
  const path = new Path2D()
  const r = MARK_PIXELS
  if (state === 'overdue') path.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7)
  else if (state === 'onTime') path.arc(x, y, r * 0.9, 0, 2 * Math.PI)
  else {
    path.moveTo(x, y - r)
    path.lineTo(x + r * 1.1, y + r * 0.85)
    path.lineTo(x - r * 1.1, y + r * 0.85)
    path.closePath()
  }
  return path
}

function* featuresOf(tile: VectorTile, name: string): Iterable<VectorTileFeature> {
  const layer = tile.layers[name]
  for (let index = 0; layer && index < layer.length; index++) yield layer.feature(index)
}

function squareOf(view: MapView, tile: Tile): Path2D {
  const [left, top] = view.pixelIn(tile, 0, 0)
  const [right, bottom] = view.pixelIn(tile, 1, 1)
  const path = new Path2D()
  path.rect(left, top, right - left, bottom - top)
  return path
}

function pathOf(view: MapView, tile: Tile, feature: VectorTileFeature): Path2D {
  const path = new Path2D()
  for (const line of feature.loadGeometry())
    for (const [index, { x, y }] of line.entries()) {
      const pixel = view.pixelIn(tile, x / feature.extent, y / feature.extent)
      if (index === 0) path.moveTo(...pixel)
      else path.lineTo(...pixel)
    }
  return path
}
