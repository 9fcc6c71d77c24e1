/** Tells the server which box of the map wants people, seldom enough while the map is being dragged. */
import type { WatchedView } from '../stores/people-frame.ts'
import type { LiveSocket } from './connect.ts'

const GAP_MS = 250

export interface ViewTelling {
  /** null: none is wanted. */
  tell(view: WatchedView | null): void
  stop(): void
}

export function createViewTelling(
  socket: Pick<LiveSocket, 'connected' | 'emit'>,
  onRefusal: (code: string) => void,
): ViewTelling {
  let next: WatchedView | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function send(): void {
    timer = undefined
    if (!socket.connected) return
    const onAnswer = (answer: { ok: boolean; code?: string }) => {
      if (!answer.ok && answer.code) onRefusal(answer.code)
    }
    if (next) socket.emit('positions:view', { bounds: next.bounds, zoom: next.zoom }, onAnswer)
    else socket.emit('positions:hide', {}, onAnswer)
  }

  return {
    tell(view) {
      next = view
      timer ??= setTimeout(send, GAP_MS)
    },
    stop: () => clearTimeout(timer),
  }
}
