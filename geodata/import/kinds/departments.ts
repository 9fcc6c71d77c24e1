/** Responsible departments 责任单位. */
import { contentCode } from '../content-code.ts'
import type { Kind } from './kind.ts'

export const departments: Kind = {
  shapes: [],
  needsPlace: false,
  isInGrid: false,
  createMaker: () => ({
    take({ index, fields }) {
      const name = fields.requiredText('name', 80)
      const code = fields.text('code', 40) ?? contentCode('department', name)
      return { index, code, data: { name, phone: fields.phone('phone') }, shape: null }
    },
  }),
}
