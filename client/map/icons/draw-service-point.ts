/** Service points: the outline of a house with 心 (centre), 驿 (station), 微 (micro-complex) or 调 (mediation); closed: grey with 休. */
import type { ServicePointKind } from '#contract/service-points'
import type { MapPalette } from '../palette.ts'
import type { Drawing } from './draw-icon.ts'

const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
const letters: Readonly<Record<ServicePointKind, string>> = {
  centre: '心',
  station: '驿',
  microComplex: '微',
  mediationRoom: '调',
}
const CLOSED = '休'

/** Half the width, the height of the walls and of the roof, CSS pixels. */
const HALF = 8.5
const WALL = 11.5
const ROOF = 6
const HALO = 2

export function drawServicePoint(kind: ServicePointKind, isOpen: boolean, colours: MapPalette): Drawing {
  const margin = HALO + 1
  return {
    width: (HALF + margin) * 2,
    height: WALL + ROOF + margin * 2,
    draw(context) {
      context.translate(HALF + margin, margin)
      outline(context)
      context.strokeStyle = colours.halo
      context.lineWidth = 1.4 + HALO * 2
      context.stroke()
      context.fillStyle = colours.panel
      context.fill()
      const colour = isOpen ? colours.ink : colours.offline
      context.strokeStyle = colour
      context.lineWidth = 1.4
      context.stroke()
      context.fillStyle = colour
      context.font = `${isOpen ? 700 : 400} 11px ${FONT}`
      context.textAlign = 'center'
      context.textBaseline = 'middle'
      context.fillText(isOpen ? letters[kind] : CLOSED, 0, ROOF + WALL / 2 - 0.6)
    },
  }
}

function outline(context: OffscreenCanvasRenderingContext2D): void {
  context.beginPath()
  context.moveTo(0, 0)
  context.lineTo(HALF, ROOF)
  context.lineTo(HALF, ROOF + WALL)
  context.lineTo(-HALF, ROOF + WALL)
  context.lineTo(-HALF, ROOF)
  context.closePath()
}
