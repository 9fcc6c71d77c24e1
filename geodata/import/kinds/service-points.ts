/** Service points 党群服务点, with the hours they are open. */
import { createChoice, servicePointWords } from '../choices.ts'
import { contentCode } from '../content-code.ts'
import { readHours } from '../weekly-hours.ts'
import { type Kind, type Maker, type MakerContext, POINTS } from './kind.ts'

const NO_HOURS = [[], [], [], [], [], [], []]

export const servicePoints: Kind = {
  shapes: POINTS,
  needsPlace: true,
  isInGrid: true,
  createMaker: (context) => createServicePointsMaker(context),
}

function createServicePointsMaker({ tell }: MakerContext): Maker {
  const chooseKind = createChoice(servicePointWords)
  return {
    take({ index, fields, shape }) {
      const name = fields.requiredText('name', 60)
      const written = fields.text('kind', 60)
      const kind = written === null ? kindByName(name) : chooseKind(written)
      if (written !== null && kind === null)
        tell('kind_taken_as', { value: written, kind: servicePointWords.station[0] ?? '' })
      const hours = fields.read('hours', readHours)
      if (hours === null) tell('hours_absent')
      const sourceId = fields.raw('sourceId')
      const made = sourceId === null ? contentCode('point', name, shape) : `osm-${sourceId}`
      const data = {
        name,
        kind: kind ?? 'station',
        address: fields.text('address', 160),
        phone: fields.phone('phone'),
        services: fields.list('services', 40),
        hours: hours ?? NO_HOURS,
      }
      return { index, code: fields.code('code') ?? made, data, shape }
    },
  }
}

/** "阳光社区党群服务中心" says what it is. */
function kindByName(name: string) {
  if (name.includes('调解')) return 'mediationRoom'
  if (name.includes('综合体')) return 'microComplex'
  return /中心$/.test(name) ? 'centre' : null
}
