/** Draws an icon onto a canvas. Everything has a halo in the ground's colour, so that it stands off any fill. */
import { type MapPalette, palettes } from '../palette.ts'
import { drawCall } from './draw-call.ts'
import { drawCase } from './draw-case.ts'
import { drawCount, drawStack } from './draw-count.ts'
import { drawPerson, drawTeam } from './draw-person.ts'
import { drawFan, drawPlain, drawRank } from './draw-plain.ts'
import { drawServicePoint } from './draw-service-point.ts'
import type { Icon } from './icon-id.ts'

/** Canvas pixels a CSS pixel: sharp on dense screens, small enough for the atlas. */
export const ICON_PIXEL_RATIO = 2

export interface Drawing {
  /** CSS pixels. */
  width: number
  height: number
  draw(context: OffscreenCanvasRenderingContext2D): void
}

export function drawIcon(icon: Icon): ImageData {
  const { width, height, draw } = drawingOf(icon, palettes[icon.theme])
  const canvas = new OffscreenCanvas(Math.ceil(width * ICON_PIXEL_RATIO), Math.ceil(height * ICON_PIXEL_RATIO))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser cannot draw icons.')
  context.scale(ICON_PIXEL_RATIO, ICON_PIXEL_RATIO)
  context.lineJoin = 'round'
  context.lineCap = 'round'
  draw(context)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

function drawingOf(icon: Icon, colours: MapPalette): Drawing {
  switch (icon.kind) {
    case 'case':
      return drawCase(icon.supervision, colours)
    case 'call':
      return drawCall(icon.look, colours)
    case 'servicePoint':
      return drawServicePoint(icon.point, icon.isOpen, colours)
    case 'count':
      return drawCount(icon.count, colours)
    case 'stack':
      return drawStack(icon.count, colours)
    case 'person':
      return drawPerson(icon.look, icon.hasHeading, colours)
    case 'team':
      return drawTeam(icon.count, icon.isStale, colours)
    case 'rank':
      return drawRank(icon.count, colours)
    case 'fan':
      return drawFan(icon.count, colours)
    case 'ring':
    case 'spot':
    case 'arrow':
    case 'walked':
      return drawPlain(icon.kind, colours)
  }
}
