/** How much of a limit is left, or how far it is over, in the one unit that a person would say. */

export interface DueIn {
  isOver: boolean
  unit: 'minutes' | 'hours' | 'days'
  count: number
}

const MINUTE_MS = 60_000
const HOUR_MINUTES = 60
const DAY_MINUTES = 24 * HOUR_MINUTES

/**
 * null without a limit. Instants in milliseconds. What is left is rounded up in minutes and down in larger units, what is
 * over always down: nobody is told that he has more time than he has, or is later than he is.
 */
export function dueIn(dueAt: number | null, now: number): DueIn | null {
  if (dueAt === null) return null
  const isOver = now >= dueAt
  const minutes = isOver ? Math.floor((now - dueAt) / MINUTE_MS) : Math.ceil((dueAt - now) / MINUTE_MS)
  if (minutes < 2 * HOUR_MINUTES) return { isOver, unit: 'minutes', count: minutes }
  if (minutes < 2 * DAY_MINUTES) return { isOver, unit: 'hours', count: Math.floor(minutes / HOUR_MINUTES) }
  return { isOver, unit: 'days', count: Math.floor(minutes / DAY_MINUTES) }
}
