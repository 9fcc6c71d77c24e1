/** Numbers: the open count beside an area's name, and how many cases are stacked at one place. */
import type { MapPalette } from '../palette.ts'
import type { Drawing } from './draw-icon.ts'

const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
/** Width of one digit at 11 px, CSS pixels. */
const DIGIT = 6.6

export function drawCount(count: string, colours: MapPalette): Drawing {
  const width = Math.max(16, count.length * DIGIT + 8)
  return {
    width: width + 2,
    height: 18,
    draw(context) {
      context.globalAlpha = 0.88
      context.fillStyle = colours.panel
      context.beginPath()
      context.roundRect(1, 1, width, 16, 3)
      context.fill()
      context.globalAlpha = 1
      write(context, count, 1 + width / 2, 9.5, colours.ink2)
    },
  }
}

export function drawStack(count: string, colours: MapPalette): Drawing {
  const width = Math.max(14, count.length * DIGIT + 7)
  return {
    width: width + 3,
    height: 17,
    draw(context) {
      context.fillStyle = colours.ink
      context.strokeStyle = colours.halo
      context.lineWidth = 1.5
      context.beginPath()
      context.roundRect(1.5, 1.5, width, 14, 7)
      context.fill()
      context.stroke()
      write(context, count, 1.5 + width / 2, 9, colours.bg)
    },
  }
}

function write(context: OffscreenCanvasRenderingContext2D, text: string, x: number, y: number, colour: string): void {
  context.font = `700 11px ${FONT}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillStyle = colour
  context.fillText(text, x, y)
}
