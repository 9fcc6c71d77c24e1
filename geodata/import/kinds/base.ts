/** The base map: water, green, land, roads, rail and named places, by the features' own kind. */
import { type BaseFacts, classifyBase, isWalkable } from '../base-kinds.ts'
import { contentCode, createPieceCodes } from '../content-code.ts'
import type { RowFields } from '../row-fields.ts'
import { type Kind, LINES, type Maker, type MakerContext, POINTS, SURFACES } from './kind.ts'

/** OpenStreetMap writes "viaduct", "culvert" and more for yes. */
const isSaid = (value: string | null) => value !== null && !['no', 'false', '0', '否'].includes(value.toLowerCase())

export const base: Kind = {
  shapes: [...POINTS, ...LINES, ...SURFACES],
  needsPlace: true,
  isInGrid: false,
  createMaker: (context) => createBaseMaker(context),
}

function createBaseMaker({ tell }: MakerContext): Maker {
  const pieceCode = createPieceCodes()
  return {
    take({ index, fields, shape }) {
      if (!shape) return null
      const facts = readFacts(fields)
      const found = classifyBase(facts, shape.type)
      if (!found) {
        tell('left_out', { what: `${facts.kind} (${shape.type.replace('Multi', '')})` })
        return null
      }
      const data = {
        ...found,
        name: facts.name,
        isBridge: isSaid(fields.raw('isBridge')),
        isTunnel: facts.isTunnel,
        isWalkable: isWalkable(found.layer, facts),
      }
      const sourceId = fields.raw('sourceId')
      // Two files may hold one object as different things: a pier as a surface and as a path.
      const made = () =>
        pieceCode(
          sourceId === null ? contentCode(found.layer, data, shape) : `${found.layer}-${facts.kind}-${sourceId}`,
        )
      return { index, code: fields.text('code', 80) ?? made(), data, shape }
    },
  }
}

function readFacts(fields: RowFields): BaseFacts {
  return {
    kind: fields.requiredText('kind', 60),
    detail: fields.text('detail', 60),
    name: fields.text('name', 120),
    isLabel: isSaid(fields.raw('isLabel')),
    isOutline: isSaid(fields.raw('isOutline')),
    foot: fields.raw('foot'),
    access: fields.raw('access'),
    isTunnel: isSaid(fields.raw('isTunnel')),
  }
}
