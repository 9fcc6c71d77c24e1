import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useAreas } from '../../../client/stores/areas.ts'
import { useOnDuty } from '../../../client/stores/on-duty.ts'
import { useOpenCases } from '../../../client/stores/open-cases.ts'
import { usePeopleFrame } from '../../../client/stores/people-frame.ts'
import type { Area } from '../../../contract/areas.ts'
import type { DutyPerson } from '../../../contract/duty.ts'
import { type Frame, type FramePerson, personFlags } from '../../../contract/position-frame.ts'
import { openCase } from '../../support/map-model.ts'

beforeEach(() => setActivePinia(createPinia()))

const person = (memberId: string, handle: number, areaId: string | null, isGridLeader = false): DutyPerson => ({
  memberId,
  handle,
  name: memberId,
  badge: null,
  isPartyMember: false,
  isGridLeader,
  skills: [],
  areaId,
  leads: [],
  startedAt: 0,
})
const area = (id: string, parentId: string | null): Area => ({
  id,
  parentId,
  level: parentId ? 'grid' : 'street',
  code: id,
  name: id,
  centre: [0, 0],
  bounds: [0, 0, 1, 1],
  squareMetres: 1,
  households: null,
  branchName: null,
})

describe('people on duty', () => {
  it('are found by handle, counted with the areas above, and gone when their duty ends', () => {
    useAreas().list = [area('s', null), area('a', 's'), area('b', 's')]
    const onDuty = useOnDuty()
    onDuty.put(person('m1', 1, 'a'))
    onDuty.put(person('m2', 2, 'a', true))
    onDuty.put(person('m3', 3, 'b'))
    expect(onDuty.countByArea).toEqual(
      new Map([
        ['a', 2],
        ['s', 3],
        ['b', 1],
      ]),
    )
    expect(onDuty.inArea('a').map(({ memberId }) => memberId)).toEqual(['m2', 'm1'])
    // A new duty has a new handle.
    onDuty.put(person('m1', 9, 'a'))
    expect([onDuty.byHandle.get(1), onDuty.byHandle.get(9)?.memberId]).toEqual([undefined, 'm1'])
    onDuty.remove('m2')
    expect([onDuty.count, onDuty.byHandle.has(2)]).toEqual([2, false])
  })
})

describe('open cases by facts', () => {
  it('keep the total right, and change nothing when applied twice', () => {
    const cases = useOpenCases()
    cases.answer = { cases: [openCase('1')], total: 1, asOf: 0 }
    for (const _ of [1, 2]) cases.put(openCase('2', { title: '新' }))
    expect([cases.total, cases.byDue.length]).toEqual([2, 2])
    cases.put(openCase('2', { title: '改' }))
    expect(cases.byDue.find(({ id }) => id === '2')?.title).toBe('改')
    for (const _ of [1, 2]) cases.remove('1')
    expect([cases.total, cases.byDue.map(({ id }) => id)]).toEqual([1, ['2']])
  })
})

describe('the people frame', () => {
  const frame: Frame = {
    serverTime: 0,
    bounds: [0, 0, 1, 1],
    people: [
      { handle: 1, position: [0, 0], headingDegrees: null, ageMs: 0, accuracyMetres: 5, flags: personFlags.stale },
      { handle: 2, position: [0, 0], headingDegrees: null, ageMs: 0, accuracyMetres: 5, flags: 0 },
    ],
    cells: [],
  }

  it('counts the stale in view, and forgets them when people are hidden', () => {
    const frames = usePeopleFrame()
    frames.watchView({ bounds: [0, 0, 1, 1], zoom: 14 })
    frames.show(frame, 5)
    expect(frames.staleCount).toBe(1)
    frames.watchView(null)
    frames.show(frame, 6)
    expect([frames.frame, frames.staleCount]).toEqual([null, null])
  })
})

it('takes one person off the newest frame, so that his mark goes with the fact and not a second later', () => {
  const frames = usePeopleFrame()
  const at = (handle: number): FramePerson => ({
    handle,
    position: [0, 0],
    headingDegrees: null,
    ageMs: 0,
    accuracyMetres: null,
    flags: 0,
  })
  frames.watchView({ bounds: [0, 0, 1, 1], zoom: 14 })
  frames.show({ serverTime: 0, bounds: [0, 0, 1, 1], people: [at(1), at(2)], cells: [] }, 0)
  frames.drop(1)
  expect(frames.frame?.people.map(({ handle }) => handle)).toEqual([2])
  const { frame } = frames
  frames.drop(7)
  expect(frames.frame).toBe(frame)
})
