/** Sends each screen its frame once a second. Lossy on purpose: a screen that is behind skips, one that stays behind is cut. */
import type { Viewer } from '../auth/viewer.ts'
import type { LiveClient } from '../live.ts'
import type { Frames, PositionRights } from './frames.ts'

/** People move at walking pace; once a second is as fast as eyes follow. */
export const FRAME_EVERY_MS = 1_000
/** A screen that has taken nothing for this long is cut; it comes back and resumes. */
export const CUT_AFTER_MS = 10_000

export interface FrameFanOutParts {
  clients: () => Iterable<LiveClient>
  frames: Frames
  rightsOf: (viewer: Viewer) => PositionRights | null
  now: () => number
}

export function createFrameFanOut({ clients, frames, rightsOf, now }: FrameFanOutParts) {
  /** Whether a client can take a message now; cuts one that could not for too long. */
  function canTake(client: LiveClient, at: number): boolean {
    if (!client.isBusy()) {
      client.busySince = null
      return true
    }
    client.busySince ??= at
    if (at - client.busySince >= CUT_AFTER_MS) client.cut()
    return false
  }

  return {
    /** One round over all screens. */
    tick(): void {
      const at = now()
      for (const client of clients()) {
        const { view } = client
        if (!canTake(client, at) || !view) continue
        const { isLocked, viewer } = client.session()
        const rights = isLocked ? null : rightsOf(viewer)
        if (rights) client.tell('positions:frame', frames.build(view, rights, at))
      }
    },
  }
}
