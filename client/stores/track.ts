import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Response } from '#contract/routes'
import { call } from '../api/call.ts'

export interface TrackQuestion {
  memberId: string
  name: string
}

export interface ShownTrack extends TrackQuestion {
  reason: string
  fixes: Response<'positions.track'>['fixes']
}

/** One member's track, asked for with a reason and shown until it is closed. Never kept longer. */
export const useTrack = defineStore('track', () => {
  /** Whose track somebody is about to ask for. */
  const question = shallowRef<TrackQuestion | null>(null)
  const shown = shallowRef<ShownTrack | null>(null)
  /** The instant that is being looked at, milliseconds. */
  const at = ref(0)

  function askAbout(next: TrackQuestion): void {
    question.value = next
  }

  function dropQuestion(): void {
    question.value = null
  }

  /** Reads the track; the server writes the look down first. Returns how many fixes there are; with none nothing is shown. */
  async function read(of: TrackQuestion, from: number, to: number, reason: string): Promise<number> {
    const { fixes } = await call('positions.track', {
      params: { id: of.memberId },
      query: { from: String(from), to: String(to), reason },
    })
    const [first] = fixes
    if (!first) return 0
    shown.value = { ...of, reason, fixes }
    at.value = first[0]
    question.value = null
    return fixes.length
  }

  function close(): void {
    question.value = null
    shown.value = null
    at.value = 0
  }

  return { question, shown, at, askAbout, dropQuestion, read, close }
})
