/** Cases: on time a blue diamond, limit near a yellow pin with a triangle, overdue a red pin with a square. */
import type { Supervision } from '#contract/cases'
import type { MapPalette } from '../palette.ts'
import type { Drawing } from './draw-icon.ts'

const DIAMOND = 5
const HALO = 2
/** Head of the pin, CSS pixels. */
const RADIUS = 8.5
const TIP = 20

export function drawCase(supervision: Supervision, colours: MapPalette): Drawing {
  return supervision === 'onTime' ? diamond(colours) : pin(supervision, colours)
}

function diamond(colours: MapPalette): Drawing {
  const half = DIAMOND + HALO
  return {
    width: half * 2 + 1,
    height: half * 2 + 1,
    draw(context) {
      context.translate(half + 0.5, half + 0.5)
      context.beginPath()
      context.moveTo(0, -DIAMOND)
      context.lineTo(DIAMOND, 0)
      context.lineTo(0, DIAMOND)
      context.lineTo(-DIAMOND, 0)
      context.closePath()
      context.strokeStyle = colours.halo
      context.lineWidth = HALO * 2
      context.stroke()
      context.fillStyle = colours.active
      context.fill()
    },
  }
}

/** The tip is in the middle of the image's lower edge (icon-anchor: bottom). */
function pin(supervision: Exclude<Supervision, 'onTime'>, colours: MapPalette): Drawing {
  const margin = HALO + 0.5
  return {
    width: (RADIUS + margin) * 2,
    height: RADIUS + TIP - RADIUS + RADIUS + margin,
    draw(context) {
      context.translate(RADIUS + margin, RADIUS + margin)
      const lean = 0.62
      context.beginPath()
      context.arc(0, 0, RADIUS, Math.PI / 2 + lean, Math.PI / 2 - lean)
      context.lineTo(0, TIP - RADIUS)
      context.closePath()
      context.strokeStyle = colours.halo
      context.lineWidth = HALO * 2
      context.stroke()
      context.fillStyle = supervision === 'overdue' ? colours.urgentMark : colours.warningMark
      context.fill()
      context.fillStyle = colours.halo
      if (supervision === 'overdue') square(context)
      else triangle(context)
    },
  }
}

function square(context: OffscreenCanvasRenderingContext2D): void {
  context.fillRect(-3.4, -3.4, 6.8, 6.8)
}

function triangle(context: OffscreenCanvasRenderingContext2D): void {
  context.beginPath()
  context.moveTo(0, -4.2)
  context.lineTo(4.4, 3.2)
  context.lineTo(-4.4, 3.2)
  context.closePath()
  context.fill()
}
