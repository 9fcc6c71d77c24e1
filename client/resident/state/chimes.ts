/** What is heard and felt of a call. The picture alone is enough: a phone that is mute or cannot buzz loses nothing. */
import { type CallState, isHandled } from '#contract/call-ladder'
import type { CallerView } from '#contract/calls'
import { playNote } from '../../use/play-note.ts'

export const cues = ['sent', 'member', 'accepted', 'arrived', 'desk'] as const
export type Cue = (typeof cues)[number]

const isAtDesk = (state: CallState) => state === 'dispatcher' || state === 'alarm' || state === 'taken'

/** What an answer brings that was not known before; null = nothing to be heard. */
export function cueOf(before: CallerView | null, after: CallerView): Cue | null {
  const was = before?.state ?? 'searching'
  if (after.state === 'arrived') return was === 'arrived' ? null : 'arrived'
  if (isHandled(after.state)) return isHandled(was) ? null : 'accepted'
  if (isAtDesk(after.state)) return isAtDesk(was) ? null : 'desk'
  if (after.state === 'ringing') return was === 'ringing' && before?.hop === after.hop ? null : 'member'
  return null
}

/** Tones in hertz one after the other, and the pattern of the buzz in milliseconds. */
const sounds: Record<Cue, { tones: readonly number[]; buzz: number[] }> = {
  sent: { tones: [], buzz: [40] },
  member: { tones: [660], buzz: [] },
  accepted: { tones: [660, 880], buzz: [80, 60, 80] },
  arrived: { tones: [880, 880], buzz: [200] },
  desk: { tones: [520], buzz: [120] },
}
const TONE_SECONDS = 0.12
const PAUSE_SECONDS = 0.06
const LOUDNESS = 0.2

export function createChimes() {
  let audio: AudioContext | null = null

  return {
    /** To be called while a finger touches the page: browsers let nothing sound before that. */
    unlock(): void {
      try {
        audio ??= new AudioContext()
        void audio.resume().catch(() => {})
      } catch {
        // No sound on this phone.
      }
    },

    play(cue: Cue): void {
      const { tones, buzz } = sounds[cue]
      if (buzz.length > 0 && navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(buzz)
      if (audio?.state !== 'running') return
      for (const [at, hertz] of tones.entries())
        playNote(audio, hertz, audio.currentTime + at * (TONE_SECONDS + PAUSE_SECONDS), TONE_SECONDS, LOUDNESS)
    },
  }
}
