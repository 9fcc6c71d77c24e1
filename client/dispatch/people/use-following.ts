/** Moves the map after the one it follows: looks for them first, stops when they go off duty. */
import { onScopeDispose, type Ref, watch } from 'vue'
import type { MapCamera, MapView } from '../../map/map-model.ts'
import { useFollow } from '../../stores/follow.ts'
import { useNotices } from '../../stores/notices.ts'
import { useOnDuty } from '../../stores/on-duty.ts'
import { usePeopleFrame } from '../../stores/people-frame.ts'
import { usePreferences } from '../../stores/preferences.ts'
import { isNearEdge } from './follow-view.ts'

/** Close enough to see which way somebody turns. */
const FOLLOW_ZOOM = 16.5
/** A frame of the whole district holds everybody who has a fix; after two or three of them nobody is found. */
const SEEK_MS = 6_000
/** The flight to them takes a second; no other move before. */
const FLIGHT_MS = 1_200

export function useFollowing(camera: Readonly<Ref<MapCamera | null>>, view: Readonly<Ref<MapView | null>>): void {
  const follow = useFollow()
  const onDuty = useOnDuty()
  const frames = usePeopleFrame()
  const preferences = usePreferences()
  const notices = useNotices()
  let hasArrived = false
  let seekingSince: number | null = null
  let busyUntil = 0

  function end(why: 'follow.ended' | 'follow.notFound'): void {
    const name = follow.followed?.name ?? ''
    follow.stop()
    notices.tellDone(why, { name })
  }

  function look(now: number): void {
    const { followed } = follow
    if (!followed || !onDuty.isKnown) return
    const person = onDuty.byMember.get(followed.memberId)
    if (!person) {
      end('follow.ended')
      return
    }
    const fix = frames.frame?.people.find(({ handle }) => handle === person.handle)
    if (!fix) {
      seekingSince ??= now
      follow.isSeeking = true
      if (now - seekingSince > SEEK_MS) end('follow.notFound')
      return
    }
    seekingSince = null
    follow.isSeeking = false
    if (!view.value || now < busyUntil) return
    if (!hasArrived) {
      hasArrived = true
      camera.value?.flyTo(fix.position, Math.max(FOLLOW_ZOOM, view.value.zoom))
      busyUntil = now + FLIGHT_MS
    } else if (isNearEdge(fix.position, view.value.bounds)) camera.value?.slideTo(fix.position)
  }

  watch(
    () => follow.followed,
    (followed) => {
      hasArrived = false
      seekingSince = null
      busyUntil = 0
      if (!followed) return
      // Nobody can be followed on a layer that is not shown.
      preferences.layers.people = true
      look(Date.now())
    },
    { immediate: true },
  )
  watch([() => frames.frame, () => onDuty.byHandle], () => look(Date.now()))
  onScopeDispose(follow.stop)
}
