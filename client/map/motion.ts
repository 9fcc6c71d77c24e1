/** Draws people on their way between two frames, in a few steps, so that they walk and do not jump. */
import { easeFrame, type Moves, movesBetween } from './easing.ts'
import type { MapModel } from './map-model.ts'

/** A frame comes every second; the way ends before the next. */
const STEP_MS = 120
const STEPS = 7

export interface Motion {
  /** Returns the model to draw now; later steps come by `move`. */
  start(next: MapModel): MapModel
  stop(): void
}

/** `isStill` says whether the viewer asked for less motion. */
export function createMotion(move: (model: MapModel) => void, isStill: () => boolean): Motion {
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

  function walk(): void {
    step++
    if (model) move(drawn(model))
    if (step < STEPS) timer = setTimeout(walk, STEP_MS)
  }

  return {
    start(next) {
      const before = model
      model = next
      if (before && next.people.frame === before.people.frame) return drawn(next)
      clearTimeout(timer)
      // Whoever is still on the way goes on from there.
      const from = before && drawn(before).people.frame
      moves = next.visible.people && !isStill() ? movesBetween(from, next.people.frame) : new Map()
      step = moves.size > 0 ? 0 : STEPS
      if (moves.size > 0) timer = setTimeout(walk, STEP_MS)
      return drawn(next)
    },
    stop: () => clearTimeout(timer),
  }
}
