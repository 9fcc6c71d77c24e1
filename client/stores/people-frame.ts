import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Bounds } from '#contract/geo'
import { type Frame, type FramePerson, personFlags } from '#contract/position-frame'

/** What the map shows and wants frames for. */
export interface WatchedView {
  bounds: Bounds
  zoom: number
}

/** Where the people on this screen's map are: the newest frame, and which box frames are wanted for. */
export const usePeopleFrame = defineStore('peopleFrame', () => {
  const frame = shallowRef<Frame | null>(null)
  /** When it came, by this machine's clock, milliseconds. */
  const receivedAt = shallowRef<number | null>(null)
  /** null while people are not shown. */
  const watched = shallowRef<WatchedView | null>(null)

  const byHandle = computed<ReadonlyMap<number, FramePerson>>(
    () => new Map((frame.value?.people ?? []).map((person) => [person.handle, person])),
  )
  /** People in view whose fix is too old; null before the first frame. */
  const staleCount = computed<number | null>(() => {
    if (!frame.value) return null
    const { people, cells } = frame.value
    const one = people.reduce((sum, { flags }) => sum + (flags & personFlags.stale ? 1 : 0), 0)
    return cells.reduce((sum, { stale }) => sum + stale, one)
  })

  /** People in view altogether; null before the first frame. */
  const count = computed<number | null>(() => {
    if (!frame.value) return null
    const { people, cells } = frame.value
    return cells.reduce((sum, cell) => sum + cell.people, people.length)
  })

  function show(next: Frame, at: number): void {
    // A frame on its way while the layer was hidden must not bring people back.
    if (!watched.value) return
    frame.value = next
    receivedAt.value = at
  }

  function watchView(view: WatchedView | null): void {
    watched.value = view
    if (!view) forgetFrame()
  }

  /** Takes one person off the newest frame. */
  function drop(handle: number): void {
    if (!frame.value || !byHandle.value.has(handle)) return
    frame.value = { ...frame.value, people: frame.value.people.filter((person) => person.handle !== handle) }
  }

  function forgetFrame(): void {
    frame.value = null
    receivedAt.value = null
  }

  return { frame, receivedAt, watched, byHandle, count, staleCount, show, watchView, drop, forget: forgetFrame }
})
