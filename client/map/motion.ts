/** Draws a few people on their way between two frames, so that they walk and do not jump; a crowd only where it shows. */
import { easeFrame, MOST_EASED, type Moves, movesBetween } from './easing.ts'
import type { MapModel } from './map-model.ts'
import { settleFrame } from './settling.ts'

/** A frame comes every second; the way ends before the next. */
const STEP_MS = 120
const STEPS = 7

export interface Motion {
  /** Returns the model to draw now; later steps come by `move`. */
  start(next: MapModel): MapModel
  stop(): void
}

export interface MotionParts {
  move(model: MapModel): void
  /** Whether the viewer asked for less motion. */
  isStill(): boolean
  /** How much ground one pixel of the map shows now, in metres. */
  pixelMetres(): number
}

export function createMotion({ move, isStill, pixelMetres }: MotionParts): Motion {
  let told: MapModel | null = null
  /** What was told, with a crowd settled. */
  let model: MapModel | null = null
  let moves: Moves = new Map()
  let step = STEPS
  let timer: ReturnType<typeof setTimeout> | undefined

  /** What is drawn at this step. */
  function drawn(of: MapModel): MapModel {
    const { frame } = of.people
    if (!frame || step >= STEPS || moves.size === 0) return of
    return { ...of, people: { ...of.people, frame: easeFrame(frame, moves, step / STEPS) } }
  }

  function settled(next: MapModel, before: MapModel | null): MapModel {
    const { frame, focus } = next.people
    if (!frame || frame.people.length <= MOST_EASED) return next
    const still = settleFrame(before?.people.frame ?? null, frame, pixelMetres(), focus)
    return { ...next, people: { ...next.people, frame: still } }
  }

  function walk(): void {
    step++
    if (model) move(drawn(model))
    if (step < STEPS) timer = setTimeout(walk, STEP_MS)
  }

  return {
    start(next) {
      const before = model
      const toldBefore = told
      told = next
      if (before && next.people.frame === toldBefore?.people.frame) {
        const isSame = next.people === toldBefore.people
        model = { ...next, people: isSame ? before.people : { ...next.people, frame: before.people.frame } }
        return drawn(model)
      }
      model = settled(next, before)
      clearTimeout(timer)
      // Whoever is still on the way goes on from there.
      const from = before && drawn(before).people.frame
      moves = next.visible.people && !isStill() ? movesBetween(from, next.people.frame) : new Map()
      step = moves.size > 0 ? 0 : STEPS
      if (moves.size > 0) timer = setTimeout(walk, STEP_MS)
      return drawn(model)
    },
    stop: () => clearTimeout(timer),
  }
}
