/** Whom a resident rings when nobody can be called on the screen. Never nobody. */
import type { ResidentDesk, ResidentPoint } from '#contract/resident'
import type { DeskSettings } from './residents.queries.ts'

/** The government hotline 12345 answers in every town of the country. */
const HOTLINE: ResidentDesk = { kind: 'hotline', name: null, phone: '12345' }

/** `points`: the nearest first; a centre comes before a nearer small one, because somebody sits there. */
export function deskOf(
  { dutyPhone, dutyDeskName }: DeskSettings,
  points: readonly Pick<ResidentPoint, 'kind' | 'name' | 'phone'>[],
): ResidentDesk {
  if (typeof dutyPhone === 'string' && dutyPhone !== '')
    return { kind: 'desk', name: dutyDeskName ?? null, phone: dutyPhone }
  const withPhone = points.filter(({ phone }) => phone !== null)
  const point = withPhone.find(({ kind }) => kind === 'centre') ?? withPhone[0]
  return point?.phone ? { kind: 'point', name: point.name, phone: point.phone } : HOTLINE
}
