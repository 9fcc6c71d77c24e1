/** Buildings: shapes or points, from surveys or from OpenStreetMap-like extracts. */
import { contentCode, createPieceCodes } from '../content-code.ts'
import type { RowFields } from '../row-fields.ts'
import { type Kind, type Maker, type MakerContext, POINTS, type SourceRow, SURFACES } from './kind.ts'

/** The tallest building stands at 828 m; a height of more is another unit. */
const MAX_HEIGHT_METRES = 1_000
const MAX_FLOORS = 300
const MAX_HOUSEHOLDS = 100_000
/** What stands in an extract of buildings and is none. */
const NO_BUILDING = new Set(['address', 'entrance', 'gate'])
/** Kinds that only say "a building". */
const PLAIN_KINDS = new Set(['building', 'yes', 'true', '楼栋', '建筑'])

export const buildings: Kind = {
  shapes: [...POINTS, ...SURFACES],
  needsPlace: true,
  isInGrid: true,
  createMaker: (context) => createBuildingsMaker(context),
}

function createBuildingsMaker({ tell }: MakerContext): Maker {
  const pieceCode = createPieceCodes()
  return {
    take(row) {
      const { index, fields, shape } = row
      const leftOut = reasonToLeaveOut(row)
      if (leftOut !== null) {
        tell('left_out', { what: leftOut })
        return null
      }
      const name = fields.text('name', 80)
      const address = fields.text('address', 160) ?? streetAddress(fields)
      const kind = fields.text('kind', 60)
      const data = {
        name,
        address,
        estate: fields.text('estate', 80),
        kind: kind === null || PLAIN_KINDS.has(kind.toLowerCase()) ? null : kind,
        floors: fields.whole('floors', 0, MAX_FLOORS),
        heightMetres: fields.number('height', 0, MAX_HEIGHT_METRES),
        households: fields.whole('households', 0, MAX_HOUSEHOLDS),
      }
      const sourceId = fields.raw('sourceId')
      const made = () =>
        pieceCode(sourceId === null ? contentCode('building', name, address, shape) : `osm-${sourceId}`)
      return { index, code: fields.code('code') ?? made(), data, shape }
    },
  }
}

/** Addresses, entrances, and points that only carry the name of a shape that is there as well. */
function reasonToLeaveOut({ fields, shape }: SourceRow): string | null {
  if (shape?.type !== 'Point') return null
  if (fields.yesNo('isLabel') === true) return 'label point'
  const feature = fields.raw('feature')?.toLowerCase() ?? ''
  return NO_BUILDING.has(feature) ? `${feature} point` : null
}

function streetAddress(fields: RowFields): string | null {
  const street = fields.text('street', 80)
  const number = fields.text('houseNumber', 40)
  if (street === null || number === null) return street
  if (!/\p{Script=Han}/u.test(street)) return `${number} ${street}`
  return /[号弄幢栋室]$/.test(number) ? `${street}${number}` : `${street}${number}号`
}
