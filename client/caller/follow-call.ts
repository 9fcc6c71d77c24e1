/**
 * A caller's page follows its call: over a socket, and by asking while there is none. What is told is always newer than
 * what was told before, and never the same twice.
 */
import { isEnded, isHandled } from '#contract/call-ladder'
import type { CallerView } from '#contract/calls'
import { CallFailed } from '../api/call.ts'
import { askForCall, type CallerSocket, openCallerSocket } from './caller-socket.ts'

/** While there is no socket, it is asked this often: sooner while it is not yet known who comes. */
const ASK_SOON_MS = 2_000
const ASK_LATER_MS = 5_000
/** The server had no room for the socket, or closed it without a word; half as much again is chance. */
const COME_BACK_MS = 5_000
const comeBackMs = () => COME_BACK_MS * (1 + Math.random() / 2)

/** live: told at once · asking: told within seconds · lost: nothing answers; what is shown may be old. */
export type CallLink = 'live' | 'asking' | 'lost'

export interface CallTold {
  /** How the call stands: at once, and whenever anything but the server's time is another. */
  onView(view: CallerView): void
  onLink(link: CallLink): void
  /** There is no call under this secret (any more). */
  onGone(): void
}

/** What reaches the server; other in tests. */
export interface CallReach {
  ask(secret: string): Promise<CallerView>
  /** The socket, not opened yet; rejects when its code cannot be loaded. */
  open(secret: string): Promise<CallerSocket>
}
const overNetwork: CallReach = { ask: askForCall, open: openCallerSocket }

export interface CallFollowing {
  /** The socket, for what is said over it; null until its code is there. */
  socket(): CallerSocket | null
  stop(): void
}

/** Begins at once; ends by itself with the call. */
export function followCall(secret: string, told: CallTold, reach: CallReach = overNetwork): CallFollowing {
  let socket: CallerSocket | null = null
  let isOver = false
  let last: CallerView | null = null
  let link: CallLink | null = null
  let isAsking = false
  let askTimer: ReturnType<typeof setTimeout> | undefined
  let comeBackTimer: ReturnType<typeof setTimeout> | undefined

  const isLive = () => socket?.connected === true
  function setLink(next: CallLink): void {
    if (next === link || isOver) return
    link = next
    told.onLink(next)
  }

  function take(view: CallerView): void {
    if (isOver) return
    const isSame =
      last !== null && JSON.stringify({ ...last, serverTime: 0 }) === JSON.stringify({ ...view, serverTime: 0 })
    last = view
    if (!isSame) told.onView(view)
    if (isEnded(view.state)) stop()
  }

  async function ask(): Promise<void> {
    clearTimeout(askTimer)
    askTimer = undefined
    if (isAsking || isOver) return
    isAsking = true
    const asOf = last
    try {
      const view = await reach.ask(secret)
      // A word of the socket's may be on its way and older than this, or have come meanwhile and be newer.
      if (!isLive()) {
        if (asOf === last) take(view)
        setLink('asking')
      }
    } catch (error) {
      if (error instanceof CallFailed && error.status === 404) return gone()
      if (!isLive()) setLink('lost')
    } finally {
      isAsking = false
    }
    askAgain()
  }
  function askAgain(): void {
    if (isOver || isLive() || askTimer !== undefined) return
    askTimer = setTimeout(ask, last && isHandled(last.state) ? ASK_LATER_MS : ASK_SOON_MS)
  }

  async function open(): Promise<void> {
    let opened: CallerSocket
    try {
      opened = await reach.open(secret)
    } catch {
      // No network for its code: asking goes on, and this is tried again.
      comeBackTimer = setTimeout(open, comeBackMs())
      return
    }
    if (isOver) return
    socket = opened
    opened.on('call:view', (view) => {
      take(view)
      setLink('live')
    })
    opened.on('disconnect', () => {
      comeBack()
      void ask()
    })
    opened.on('connect_error', ({ message }) => {
      if (message === 'not_found') return gone()
      comeBack()
      askAgain()
    })
    opened.connect()
  }

  /** `active` means that the library is already trying again. */
  function comeBack(): void {
    if (isOver || !socket || socket.active) return
    clearTimeout(comeBackTimer)
    comeBackTimer = setTimeout(() => socket?.connect(), comeBackMs())
  }

  function gone(): void {
    if (isOver) return
    stop()
    told.onGone()
  }

  /** A phone that wakes or finds a network knows sooner than any clock here. */
  function wake(): void {
    if (isOver || document.visibilityState === 'hidden') return
    if (isLive()) return
    socket?.connect()
    void ask()
  }

  function stop(): void {
    isOver = true
    clearTimeout(askTimer)
    clearTimeout(comeBackTimer)
    window.removeEventListener('online', wake)
    document.removeEventListener('visibilitychange', wake)
    socket?.disconnect()
  }

  window.addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)
  void ask()
  void open()
  return { socket: () => socket, stop }
}
