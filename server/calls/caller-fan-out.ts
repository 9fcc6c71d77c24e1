/**
 * Tells callers' pages how their calls stand: at each change, and while somebody is coming now and then where he is.
 * A page is told nothing twice and nothing older than what it was told before.
 */
import { isEnded, isHandled } from '#contract/call-ladder'
import type { CallerView } from '#contract/calls'
import type { CallRow } from './calls.queries.ts'

/** How often it is looked whether somebody moved; a page is told of it at most every MOVES_EVERY_MS. */
export const CALLER_MOVES_LOOK_MS = 1_000
const MOVES_EVERY_MS = 5_000

/** One open page of a caller. */
export interface CallerScreen {
  tell(view: CallerView): void
  /** Whether what was told before is still on its way. */
  isBusy(): boolean
  /** The call is over: nothing more will be told. */
  end(): void
}

export interface CallerFanOutParts {
  read(ids: readonly string[]): Promise<CallRow[]>
  viewOf(row: CallRow): CallerView
  now: () => number
}

interface Follower {
  screen: CallerScreen
  /** As last read; null before the first time. */
  row: CallRow | null
  told: string
  toldAt: number
}

export function createCallerFanOut({ read, viewOf, now }: CallerFanOutParts) {
  const followers = new Map<string, Set<Follower>>()

  function tell(follower: Follower, row: CallRow): void {
    if (follower.row && row.version < follower.row.version) return
    follower.row = row
    const view = viewOf(row)
    const told = JSON.stringify({ ...view, serverTime: 0 })
    if (told === follower.told) return
    Object.assign(follower, { told, toldAt: now() })
    follower.screen.tell(view)
    if (isEnded(row.state)) follower.screen.end()
  }

  async function changed(ids: readonly string[]): Promise<void> {
    const followed = ids.filter((id) => followers.has(id))
    if (followed.length === 0) return
    for (const row of await read(followed)) for (const follower of followers.get(row.id) ?? []) tell(follower, row)
  }

  return {
    /** Tells the page how the call stands, and from now on what becomes of it. Answers what ends that. */
    follow(id: string, screen: CallerScreen): { told: Promise<void>; stop(): void } {
      const follower: Follower = { screen, row: null, told: '', toldAt: 0 }
      const all = followers.get(id) ?? new Set()
      followers.set(id, all.add(follower))
      return {
        // Read after it is listed, so that no change falls in between.
        told: changed([id]),
        stop() {
          all.delete(follower)
          if (all.size === 0 && followers.get(id) === all) followers.delete(id)
        },
      }
    },

    /** Something became of these calls. */
    changed,

    /** Tells where those who are coming are by now. */
    move(): void {
      for (const all of followers.values())
        for (const follower of all) {
          const { row, toldAt, screen } = follower
          if (row && isHandled(row.state) && now() - toldAt >= MOVES_EVERY_MS && !screen.isBusy()) tell(follower, row)
        }
    },
  }
}
export type CallerFanOut = ReturnType<typeof createCallerFanOut>
