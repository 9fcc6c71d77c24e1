/** Service points in the order of the walk to them. */
import { expect, it } from 'vitest'
import type { LonLat } from '#contract/geo'
import { minutesTo } from '#contract/resident'
import { withWalks } from '../../../server/residents/points-on-foot.ts'
import type { PointRow } from '../../../server/residents/residents.queries.ts'

const point = (code: string, metres: number | null, longitude = 0): PointRow => ({
  code,
  name: code,
  kind: 'station',
  address: null,
  phone: null,
  services: [],
  hours: Array.from({ length: 7 }, () => []),
  closedOn: null,
  closedReason: null,
  position: [longitude, 0],
  metres,
  isStaffed: false,
})
/** Ways by the longitude of their ends. */
const walks = (ways: Record<number, number | string>) => ({
  to([longitude]: LonLat, atMostMetres: number) {
    const way = ways[longitude] ?? 'offNetwork'
    return typeof way === 'string' ? way : way > atMostMetres ? 'beyond' : { metres: way }
  },
})
const codes = (points: { code: string }[]) => points.map(({ code }) => code)

it('puts the point behind the river after the one that is farther but nearer on foot', () => {
  const points = withWalks([point('river', 200, 1), point('bridge', 400, 2)], walks({ 1: 1_800, 2: 450 }))
  expect(codes(points)).toEqual(['bridge', 'river'])
  expect(points.map(minutesTo)).toEqual([6, 24])
})

it('estimates where no way is known, and says nothing while nobody said from where', () => {
  const [estimated] = withWalks([point('island', 300, 1)], walks({ 1: 'noWay' }))
  expect([estimated?.walkMetres, minutesTo(estimated as never)]).toEqual([null, 6])
  const nowhere = withWalks([point('a', null), point('b', null), point('c', null)], null)
  expect(codes(nowhere)).toEqual(['a', 'b', 'c'])
  expect(nowhere.map(minutesTo)).toEqual([null, null, null])
})

it('asks for no way to points that are far', () => {
  const asked: number[] = []
  const count = {
    to([longitude]: LonLat) {
      asked.push(longitude)
      return { metres: 1 }
    },
  }
  withWalks([point('near', 100, 1), point('far', 3_001, 2)], count)
  expect(asked).toEqual([1])
})
