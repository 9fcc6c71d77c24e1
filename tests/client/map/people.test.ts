import { describe, expect, it } from 'vitest'
import { parseIcon } from '../../../client/map/icons/icon-id.ts'
import { accuracyFeatures } from '../../../client/map/layers/accuracy.layer.ts'
import { peopleCellFeatures } from '../../../client/map/layers/people-cells.layer.ts'
import { lookOf, peopleFeatures } from '../../../client/map/layers/people-features.ts'
import { noPeople } from '../../../client/map/map-model.ts'
import type { DutyPerson } from '../../../contract/duty.ts'
import { distanceMetres, type LonLat } from '../../../contract/geo.ts'
import { type Frame, type FramePerson, personFlags } from '../../../contract/position-frame.ts'
import { mapModel, NOW } from '../../support/map-model.ts'

const at = (handle: number, more: Partial<FramePerson> = {}): FramePerson => ({
  handle,
  position: [113.93 + handle / 1000, 22.75],
  headingDegrees: 90,
  ageMs: 5_000,
  accuracyMetres: 30,
  flags: 0,
  ...more,
})
const who = (handle: number, more: Partial<DutyPerson> = {}): DutyPerson => ({
  memberId: `m${handle}`,
  handle,
  name: `王${handle}`,
  badge: null,
  isPartyMember: false,
  isGridLeader: false,
  skills: [],
  areaId: null,
  leads: [],
  startedAt: NOW,
  ...more,
})
const frameOf = (people: FramePerson[], cells: Frame['cells'] = []): Frame => ({
  serverTime: NOW,
  bounds: [113, 22, 114, 23],
  people,
  cells,
})
const modelOf = (people: FramePerson[], known: DutyPerson[] = [], focus: number | null = null) =>
  mapModel({
    people: {
      ...noPeople,
      minute: '分',
      focus,
      frame: frameOf(people),
      who: new Map(known.map((one) => [one.handle, one])),
    },
  })
const propertiesOf = (people: FramePerson[], known: DutyPerson[] = []) =>
  peopleFeatures(modelOf(people, known)).features.map(({ properties }) => properties)

describe('a person on the map', () => {
  it('looks by what is wrong with the fix before who it is', () => {
    const { stale, suspect, gridLeader } = personFlags
    expect(lookOf(at(1, { flags: stale | suspect | gridLeader }))).toBe('stale')
    expect(lookOf(at(1, { flags: suspect | gridLeader }))).toBe('suspect')
    expect(lookOf(at(1, { flags: gridLeader }))).toBe('leader')
    expect(lookOf(at(1))).toBe('member')
  })

  it('points where he goes, unless that is unknown or old', () => {
    const icons = propertiesOf([
      at(1),
      at(2, { headingDegrees: null }),
      at(3, { flags: personFlags.stale, ageMs: 840_000 }),
    ]).map((properties) => properties?.icon)
    expect(icons).toEqual(['person:member:heading:dark', 'person:member:still:dark', 'person:stale:still:dark'])
    for (const icon of icons) expect(parseIcon(String(icon))).not.toBeNull()
  })

  it('says how old a stale fix is, and nothing beside a fresh one', () => {
    const [fresh, old, ancient] = propertiesOf([
      at(1),
      at(2, { flags: personFlags.stale, ageMs: 840_000 }),
      at(3, { flags: personFlags.stale, ageMs: null }),
    ])
    expect(fresh).not.toHaveProperty('age')
    expect(old?.age).toBe('14分')
    expect(ancient?.age).toBe('240分+')
  })

  it('is a hexagon with the head count, upright, when he leads a team', () => {
    const leads = [{ teamId: 't', name: '巡逻一队', kind: 'patrol', people: 6 }]
    expect(propertiesOf([at(1)], [who(1, { leads })])[0]).toMatchObject({ icon: 'team:6:live:dark', turn: 0 })
  })

  it('shares one mark with a number with those on the same place, the freshest first', () => {
    const position: LonLat = [113.93, 22.75]
    const features = propertiesOf([at(1, { position, ageMs: 60_000 }), at(2, { position })], [who(1), who(2)])
    expect(features).toHaveLength(1)
    expect(features[0]).toMatchObject({ ids: 'm2,m1', stack: 'stack:2:dark', name: '王2' })
  })

  it('is drawn without a name while no fact has told it yet', () => {
    expect(propertiesOf([at(9)])[0]).toMatchObject({ ids: '' })
  })
})

describe('the circle of accuracy', () => {
  it('is drawn for the one in focus alone, as large as the fix may be off', () => {
    expect(accuracyFeatures(modelOf([at(1), at(2)])).features).toEqual([])
    const [circle] = accuracyFeatures(modelOf([at(1), at(2)], [], 2)).features
    const ring = circle?.geometry.type === 'Polygon' ? (circle.geometry.coordinates[0] as LonLat[]) : []
    expect(ring.length).toBeGreaterThan(20)
    for (const corner of ring) expect(Math.abs(distanceMetres(corner, at(2).position) - 30)).toBeLessThan(0.5)
    expect(ring.at(-1)).toEqual(ring[0])
  })
})

it('counts people by cell where a frame only counts', () => {
  const model = mapModel({
    people: { ...noPeople, frame: frameOf([], [{ position: [113.9, 22.7], people: 12, stale: 2 }]) },
  })
  expect(peopleCellFeatures(model).features.map(({ properties }) => properties)).toEqual([{ people: 12 }])
})
