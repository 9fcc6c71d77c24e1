/** Marks that are not about one kind of thing: rings, spots, ranks, spokes and arrows. */
import { spreadOffsets, spreadRadius } from '../layers/people-places.ts'
import type { MapPalette } from '../palette.ts'
import type { Drawing } from './draw-icon.ts'
import type { PlainIcon } from './icon-id.ts'

const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
type Context = OffscreenCanvasRenderingContext2D

function circle(context: Context, x: number, y: number, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
}

/** A drawing with its origin in the middle. */
const centred = (half: number, draw: (context: Context) => void): Drawing => ({
  width: half * 2,
  height: half * 2,
  draw(context) {
    context.translate(half, half)
    draw(context)
  },
})

const RING_RADIUS = 13
const SPOT_RADIUS = 9
/** The tip of the spot's pin is in the middle of the image's lower edge (icon-anchor: bottom). */
const SPOT_HEIGHT = 28

const plain: Record<PlainIcon, (colours: MapPalette) => Drawing> = {
  ring: (colours) =>
    centred(RING_RADIUS + 2, (context) => {
      circle(context, 0, 0, RING_RADIUS)
      context.globalAlpha = 0.2
      context.fillStyle = colours.accent
      context.fill()
      context.globalAlpha = 1
      context.lineWidth = 2.5
      context.strokeStyle = colours.accent
      context.stroke()
    }),
  spot: (colours) => ({
    width: SPOT_RADIUS * 2 + 6,
    height: SPOT_HEIGHT,
    draw(context) {
      context.translate(SPOT_RADIUS + 3, SPOT_RADIUS + 3)
      const lean = 0.62
      context.beginPath()
      context.arc(0, 0, SPOT_RADIUS, Math.PI / 2 + lean, Math.PI / 2 - lean)
      context.lineTo(0, SPOT_HEIGHT - SPOT_RADIUS - 4.5)
      context.closePath()
      context.lineWidth = 4
      context.strokeStyle = colours.halo
      context.stroke()
      context.fillStyle = colours.accent
      context.fill()
      circle(context, 0, 0, 3.4)
      context.fillStyle = colours.onAccent
      context.fill()
    },
  }),
  arrow: (colours) =>
    centred(6, (context) => {
      context.beginPath()
      context.moveTo(-3, -4.5)
      context.lineTo(3.5, 0)
      context.lineTo(-3, 4.5)
      context.lineWidth = 5
      context.strokeStyle = colours.halo
      context.stroke()
      context.lineWidth = 2.2
      context.strokeStyle = colours.ink
      context.stroke()
    }),
  walked: (colours) =>
    centred(11, (context) => {
      circle(context, 0, 0, 8)
      context.fillStyle = colours.panel
      context.fill()
      context.lineWidth = 3
      context.strokeStyle = colours.accent
      context.stroke()
      circle(context, 0, 0, 3.6)
      context.fillStyle = colours.ink
      context.fill()
    }),
}

export const drawPlain = (kind: PlainIcon, colours: MapPalette): Drawing => plain[kind](colours)

/** The place in the list of the nearest; the first stands out. */
export function drawRank(count: string, colours: MapPalette): Drawing {
  return centred(11, (context) => {
    const isFirst = count === '1'
    context.beginPath()
    context.roundRect(-8.5, -8.5, 17, 17, 4)
    context.lineWidth = 4
    context.strokeStyle = colours.halo
    context.stroke()
    context.fillStyle = isFirst ? colours.accent : colours.panel
    context.fill()
    context.lineWidth = 1.5
    context.strokeStyle = colours.accent
    context.stroke()
    context.font = `700 ${count.length > 1 ? 10 : 12}px ${FONT}`
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.fillStyle = isFirst ? colours.onAccent : colours.ink
    context.fillText(count, 0, 0.5)
  })
}

/** Spokes from a place to those who are spread around it. */
export function drawFan(count: string, colours: MapPalette): Drawing {
  const people = Number(count)
  return centred(spreadRadius(people) + 2, (context) => {
    const spokes = () => {
      context.beginPath()
      for (const [x, y] of spreadOffsets(people)) {
        context.moveTo(0, 0)
        context.lineTo(x, y)
      }
      context.stroke()
    }
    context.lineWidth = 4
    context.strokeStyle = colours.halo
    spokes()
    context.lineWidth = 1.4
    context.strokeStyle = colours.ink2
    spokes()
    circle(context, 0, 0, 3.4)
    context.fillStyle = colours.ink2
    context.fill()
    context.lineWidth = 1.5
    context.strokeStyle = colours.halo
    context.stroke()
  })
}
