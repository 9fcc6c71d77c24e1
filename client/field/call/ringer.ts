/** What an incoming call sounds and feels like. The picture alone is enough: a mute phone loses nothing. */
import { playNote } from '../../use/play-note.ts'

/** Two notes at once, louder from ring to ring. */
const RING_HERTZ = [880, 1_175]
const RING_SECONDS = 0.4
const FIRST_LOUDNESS = 0.12
const LOUDER_EACH_TIME = 0.025
const MOST_LOUDNESS = 0.45
const FALLING_HERTZ = [660, 440]
const FALLING_SECONDS = 0.18

/** So long between rings, and the buzz of each; the last seconds press. */
const CALM = { everyMs: 1_000, buzz: [600, 400] }
const PRESSING = { everyMs: 500, buzz: [250, 150] }
const PRESSING_BELOW_MS = 5_000

export interface Ringer {
  /** To be called while a finger touches the page: browsers let nothing sound before that. */
  unlock(): void
  /** Rings until it is stopped. `leftMs` is asked before each ring. */
  start(leftMs: () => number): void
  stop(): void
  /** It is no longer his to answer. */
  fall(): void
}

export function createRinger(): Ringer {
  let audio: AudioContext | null = null
  let next: ReturnType<typeof setTimeout> | undefined

  const sounds = () => (audio?.state === 'running' ? audio : null)
  /** A page that nobody has touched may not buzz, and Chrome says so in its console. */
  const buzz = (pattern: number | number[]) => {
    if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(pattern)
  }

  function stop(): void {
    if (next === undefined) return
    clearTimeout(next)
    next = undefined
    buzz(0)
  }

  return {
    unlock() {
      try {
        audio ??= new AudioContext()
        void audio.resume().catch(() => {})
      } catch {
        // No sound on this phone.
      }
    },

    start(leftMs) {
      stop()
      let rings = 0
      const ring = () => {
        const { everyMs, buzz: pattern } = leftMs() < PRESSING_BELOW_MS ? PRESSING : CALM
        const loudness = Math.min(MOST_LOUDNESS, FIRST_LOUDNESS + rings++ * LOUDER_EACH_TIME)
        const context = sounds()
        if (context)
          for (const hertz of RING_HERTZ) playNote(context, hertz, context.currentTime, RING_SECONDS, loudness)
        buzz(pattern)
        next = setTimeout(ring, everyMs)
      }
      ring()
    },

    stop,

    fall() {
      stop()
      buzz(60)
      const context = sounds()
      for (const [at, hertz] of FALLING_HERTZ.entries())
        if (context)
          playNote(context, hertz, context.currentTime + at * FALLING_SECONDS, FALLING_SECONDS, FIRST_LOUDNESS)
    },
  }
}
