import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, shallowRef } from 'vue'
import { followState, isNearEdge } from '../../../client/dispatch/people/follow-view.ts'
import { useFollowing } from '../../../client/dispatch/people/use-following.ts'
import type { MapCamera, MapView } from '../../../client/map/map-model.ts'
import { useFollow } from '../../../client/stores/follow.ts'
import { useNotices } from '../../../client/stores/notices.ts'
import { useOnDuty } from '../../../client/stores/on-duty.ts'
import { usePeopleFrame } from '../../../client/stores/people-frame.ts'
import { usePreferences } from '../../../client/stores/preferences.ts'
import type { DutyPerson } from '../../../contract/duty.ts'
import type { Bounds, LonLat } from '../../../contract/geo.ts'
import { personFlags } from '../../../contract/position-frame.ts'

const view: Bounds = [113, 22, 114, 23]

describe('where somebody followed may be before the map moves', () => {
  it('is the middle of the map', () => {
    expect(isNearEdge([113.5, 22.5], view)).toBe(false)
    expect(isNearEdge([113.6, 22.4], view)).toBe(false)
    expect(isNearEdge([113.9, 22.5], view)).toBe(true)
    expect(isNearEdge([113.5, 22.05], view)).toBe(true)
    expect(isNearEdge([115, 22.5], view)).toBe(true)
  })
})

describe('what is said of somebody followed', () => {
  it('names what is wrong with the fix', () => {
    expect(followState(null)).toBe('seeking')
    expect(followState({ flags: personFlags.gridLeader })).toBe('live')
    expect(followState({ flags: personFlags.stale | personFlags.suspect })).toBe('stale')
    expect(followState({ flags: personFlags.suspect })).toBe('suspect')
  })
})

describe('following', () => {
  const person: DutyPerson = {
    memberId: 'm1',
    handle: 7,
    name: '王小明',
    badge: null,
    isPartyMember: false,
    isGridLeader: false,
    skills: [],
    areaId: null,
    leads: [],
    startedAt: 0,
  }
  const moves: string[] = []
  const camera: MapCamera = {
    flyTo: (place) => void moves.push(`fly ${place}`),
    slideTo: (place) => void moves.push(`slide ${place}`),
    fit: () => void moves.push('fit'),
    zoomBy: () => {},
    cover: () => {},
  }
  function frame(position: LonLat | null) {
    const people = position
      ? [{ handle: 7, position, headingDegrees: null, ageMs: 0, accuracyMetres: 5, flags: 0 }]
      : []
    usePeopleFrame().show({ serverTime: 0, bounds: view, people, cells: [] }, 0)
    return flushPromises()
  }
  function start() {
    usePeopleFrame().watchView({ bounds: view, zoom: 17 })
    const onDuty = useOnDuty()
    onDuty.put(person)
    onDuty.isKnown = true
    const page = effectScope()
    page.run(() =>
      useFollowing(
        shallowRef<MapCamera | null>(camera),
        shallowRef<MapView | null>({ bounds: view, zoom: 17, centre: [113.5, 22.5] }),
      ),
    )
    return page
  }
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(1_000_000)
    setActivePinia(createPinia())
    moves.length = 0
  })

  it('flies there once, stands still while they are in the middle, and slides after them at the edge', async () => {
    start()
    await frame([113.5, 22.5])
    useFollow().start({ memberId: 'm1', name: '王小明' })
    await flushPromises()
    expect(moves).toEqual(['fly 113.5,22.5'])
    vi.advanceTimersByTime(2_000)
    await frame([113.55, 22.5])
    expect(moves).toHaveLength(1)
    await frame([113.9, 22.5])
    expect(moves.at(-1)).toBe('slide 113.9,22.5')
  })

  it('ends with a word when they go off duty', async () => {
    start()
    await frame([113.5, 22.5])
    useFollow().start({ memberId: 'm1', name: '王小明' })
    await flushPromises()
    useOnDuty().remove('m1')
    await flushPromises()
    expect(useFollow().isFollowing).toBe(false)
    expect(useNotices().notices).toMatchObject([{ text: 'follow.ended', values: { name: '王小明' } }])
  })

  it('looks for somebody outside the map, goes there when a frame has them, and gives up when none does', async () => {
    start()
    await frame(null)
    useFollow().start({ memberId: 'm1', name: '王小明' })
    await frame(null)
    expect([useFollow().isSeeking, moves]).toEqual([true, []])
    await frame([113.1, 22.1])
    expect([useFollow().isSeeking, moves]).toEqual([false, ['fly 113.1,22.1']])
    await frame(null)
    vi.advanceTimersByTime(7_000)
    await frame(null)
    expect(useFollow().isFollowing).toBe(false)
    expect(useNotices().notices).toMatchObject([{ text: 'follow.notFound' }])
  })

  it('shows people if they were hidden, and ends with the page', async () => {
    usePreferences().layers.people = false
    const page = start()
    useFollow().start({ memberId: 'm1', name: '王小明' })
    await flushPromises()
    expect(usePreferences().layers.people).toBe(true)
    page.stop()
    expect(useFollow().isFollowing).toBe(false)
  })
})
