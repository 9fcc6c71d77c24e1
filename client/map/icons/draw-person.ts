/**
 * People: a disc with a loose wedge where they are heading (the icon is drawn northward and turned by the map), a grid
 * leader's with a hole; a stale fix is a dashed ring; a doubtful one is a ring around a dot. Teams: a hexagon with a number.
 */
import type { MapPalette } from '../palette.ts'
import type { Drawing } from './draw-icon.ts'
import type { PersonLook } from './icon-id.ts'

const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
const RADIUS = 5.4
const HOLE = 2.2
const HALO = 2
/** The wedge lies outside the disc, with a gap between, CSS pixels from the middle. */
const WEDGE_FROM = 7.6
const WEDGE_TIP = 12.4
const WEDGE_HALF = 3.6
const HALF = WEDGE_TIP + HALO + 0.6
const HEXAGON = 8

export function drawPerson(look: PersonLook, hasHeading: boolean, colours: MapPalette): Drawing {
  const colour = look === 'inCall' ? colours.accent : colours.people
  return {
    width: HALF * 2,
    height: HALF * 2,
    draw(context) {
      context.translate(HALF, HALF)
      if (look === 'stale') return ring(context, colours, [2.6, 2.2])
      if (look === 'suspect') {
        ring(context, colours, [])
        disc(context, 1.8, colours.people)
        return
      }
      if (hasHeading) wedge(context, colour, colours.halo)
      disc(context, RADIUS + HALO, colours.halo)
      disc(context, RADIUS, colour)
      if (look === 'leader') disc(context, HOLE, colours.halo)
    },
  }
}

function disc(context: OffscreenCanvasRenderingContext2D, radius: number, colour: string): void {
  context.beginPath()
  context.arc(0, 0, radius, 0, 2 * Math.PI)
  context.fillStyle = colour
  context.fill()
}

function ring(context: OffscreenCanvasRenderingContext2D, colours: MapPalette, dash: number[]): void {
  context.beginPath()
  context.arc(0, 0, RADIUS - 0.6, 0, 2 * Math.PI)
  context.strokeStyle = colours.halo
  context.lineWidth = 2 + HALO * 2
  context.stroke()
  context.setLineDash(dash)
  context.lineCap = 'butt'
  context.strokeStyle = colours.people
  context.lineWidth = 1.8
  context.stroke()
  context.setLineDash([])
}

function wedge(context: OffscreenCanvasRenderingContext2D, colour: string, halo: string): void {
  context.beginPath()
  context.moveTo(0, -WEDGE_TIP)
  context.lineTo(WEDGE_HALF, -WEDGE_FROM)
  context.lineTo(-WEDGE_HALF, -WEDGE_FROM)
  context.closePath()
  context.strokeStyle = halo
  context.lineWidth = HALO * 2
  context.stroke()
  context.fillStyle = colour
  context.fill()
}

export function drawTeam(count: string, isStale: boolean, colours: MapPalette): Drawing {
  const half = HEXAGON + HALO + 1
  return {
    width: half * 2,
    height: half * 2,
    draw(context) {
      context.translate(half, half)
      hexagon(context)
      context.strokeStyle = colours.halo
      context.lineWidth = HALO * 2
      context.stroke()
      context.fillStyle = isStale ? colours.panel : colours.people
      context.fill()
      if (isStale) {
        context.setLineDash([2.6, 2.2])
        context.strokeStyle = colours.people
        context.lineWidth = 1.6
        context.stroke()
      }
      context.fillStyle = isStale ? colours.people : colours.bg
      context.font = `700 ${count.length > 1 ? 9 : 10}px ${FONT}`
      context.textAlign = 'center'
      context.textBaseline = 'middle'
      context.fillText(count, 0, 0.5)
    },
  }
}

function hexagon(context: OffscreenCanvasRenderingContext2D): void {
  context.beginPath()
  for (let corner = 0; corner < 6; corner++) {
    const angle = (corner * Math.PI) / 3 - Math.PI / 2
    context.lineTo(HEXAGON * Math.cos(angle), HEXAGON * Math.sin(angle))
  }
  context.closePath()
}
