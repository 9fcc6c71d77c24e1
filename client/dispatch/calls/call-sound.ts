/** What a waiting call sounds like: two rising notes; an alarm three, higher and louder. */
import type { CallState } from '#contract/call-ladder'
import { playNote } from '../../use/play-note.ts'

/** The notes come again after so long, until somebody says that he heard them. */
export const SOUND_EVERY_MS = 2_400
const NOTE_SECONDS = 0.16
const GAP_SECONDS = 0.06

const tunes = {
  dispatcher: { hertz: [660, 880], loudness: 0.22 },
  alarm: { hertz: [880, 1_175, 1_480], loudness: 0.4 },
} as const

/** The most insistent of what waits. */
export const tuneOf = (states: readonly CallState[]): keyof typeof tunes =>
  states.includes('alarm') ? 'alarm' : 'dispatcher'

export function playTune(context: AudioContext, tune: keyof typeof tunes): void {
  const { hertz, loudness } = tunes[tune]
  for (const [index, frequency] of hertz.entries()) {
    const from = context.currentTime + index * (NOTE_SECONDS + GAP_SECONDS)
    playNote(context, frequency, from, NOTE_SECONDS, loudness)
  }
}
