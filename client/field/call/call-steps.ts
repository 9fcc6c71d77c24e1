/** The way of an accepted call, step by step. */
import type { CallState } from '#contract/call-ladder'

const way = ['accepted', 'onTheWay', 'arrived', 'done'] as const
export type WayStep = (typeof way)[number]

/** What the member does next; null where nothing is his to do. */
export function nextStep(state: CallState): Exclude<WayStep, 'accepted'> | null {
  const at = (way as readonly CallState[]).indexOf(state)
  return at < 0 ? null : ((way[at + 1] as Exclude<WayStep, 'accepted'> | undefined) ?? null)
}

export function stepsOf(state: CallState): { state: WayStep; at: 'past' | 'now' | 'later' }[] {
  const now = (way as readonly CallState[]).indexOf(state)
  return way.map((step, index) => ({ state: step, at: index < now ? 'past' : index === now ? 'now' : 'later' }))
}
