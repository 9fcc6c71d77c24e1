/** A call: a rounded square with a handset, its tail on the spot. Its colour says what it waits for, its corner sign says it again. */
import type { CallLook } from '../map-model.ts'
import type { MapPalette } from '../palette.ts'
import type { Drawing } from './draw-icon.ts'

type Context = OffscreenCanvasRenderingContext2D

const SIDE = 28
const TAIL = 6
const HALO = 3
const CORNER = 8

const fillOf = (look: CallLook, colours: MapPalette) =>
  ({ ringing: colours.accent, urgent: colours.urgentMark, taken: colours.ink, coming: colours.done })[look]

/** The tip of the tail is in the middle of the image's lower edge (icon-anchor: bottom). */
export function drawCall(look: CallLook, colours: MapPalette): Drawing {
  return {
    width: SIDE + HALO * 2,
    height: SIDE + TAIL + HALO,
    draw(context) {
      context.translate(HALO, HALO)
      outline(context)
      context.lineWidth = HALO * 2
      context.strokeStyle = colours.halo
      context.stroke()
      context.fillStyle = fillOf(look, colours)
      context.fill()
      handset(context, colours.halo)
      sign(context, look, colours.halo)
    },
  }
}

function outline(context: Context): void {
  const middle = SIDE / 2
  context.beginPath()
  context.moveTo(middle, SIDE + TAIL - HALO)
  context.lineTo(middle - 5, SIDE - 1)
  context.lineTo(middle + 5, SIDE - 1)
  context.closePath()
  context.roundRect(0, 0, SIDE, SIDE, CORNER)
}

/** A handset in a box of 24. */
const HANDSET =
  'M13.8 16.6a1 1 0 0 0 1.2-.3l.4-.5A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.5.4a1 1 0 0 0-.3 1.2 14 14 0 0 0 6.4 6.4'
const HANDSET_SCALE = 0.8

function handset(context: Context, colour: string): void {
  context.save()
  context.translate(3.5, 6)
  context.scale(HANDSET_SCALE, HANDSET_SCALE)
  context.fillStyle = colour
  context.fill(new Path2D(HANDSET))
  context.restore()
}

/** Told apart without colour: waves, a square, a bar or a tick in the upper right corner. */
function sign(context: Context, look: CallLook, colour: string): void {
  context.save()
  context.translate(SIDE - 8, 8)
  context.strokeStyle = colour
  context.fillStyle = colour
  context.lineWidth = 1.8
  context.beginPath()
  if (look === 'ringing') context.arc(-4, 4, 7, -Math.PI / 2, 0)
  else if (look === 'urgent') context.rect(-3, -3, 6, 6)
  else if (look === 'taken') {
    context.moveTo(-3.5, 0)
    context.lineTo(3.5, 0)
  } else {
    context.moveTo(-3.5, 0)
    context.lineTo(-1, 2.8)
    context.lineTo(4, -3)
  }
  if (look === 'urgent') context.fill()
  else context.stroke()
  context.restore()
}
