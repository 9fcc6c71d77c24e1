/** How much time a case has left, or how long it is over. */

export interface TimeLeft {
  isOver: boolean
  days: number
  hours: number
  minutes: number
}

const MINUTE_MS = 60_000

/**
 * Whole minutes to the limit, or past it; null without a limit. Instants in milliseconds.
 * What is left is rounded up and what is over rounded down, so "left 0:00" and "over by more than it is" never show.
 */
export function timeLeft(dueAt: number | null, now: number): TimeLeft | null {
  if (dueAt === null) return null
  const isOver = now >= dueAt
  const total = isOver ? Math.floor((now - dueAt) / MINUTE_MS) : Math.ceil((dueAt - now) / MINUTE_MS)
  return { isOver, days: Math.floor(total / 1440), hours: Math.floor(total / 60) % 24, minutes: total % 60 }
}
