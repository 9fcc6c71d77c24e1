/**
 * What each audience reads of people and places. Every feature's answers pass through here, so that a field is shown
 * in one degree of detail only. Pure: the policy table decides, nothing else.
 */
import { type LonLat, snapTo } from '#contract/geo'
import { type Detail, type Grant, grantFor } from '#contract/roles'
import { isReached, type Placed } from './reach.ts'
import type { Viewer } from './viewer.ts'

const HIDDEN = '****'
/** Two-character surnames in use; all others are one character. */
const COMPOUND_SURNAMES = new Set(
  '欧阳 上官 司马 诸葛 司徒 慕容 皇甫 夏侯 东方 令狐 公孙 宇文 长孙 尉迟 端木 轩辕 南宫 独孤 呼延 澹台 申屠 太史 百里 淳于 钟离 闻人'.split(
    ' ',
  ),
)
/** Telephone, identity card and bank card numbers: seven digits or more, perhaps parted by blanks or hyphens. */
const LONG_NUMBER = /\d(?:[ -]?\d){6,}/g

/** "13800001234" → "138****1234"; short numbers keep less. */
export function maskPhone(phone: string): string {
  const all = phone.replace(/\D/g, '')
  const digits = all.length === 13 && all.startsWith('86') ? all.slice(2) : all
  if (digits.length >= 11) return `${digits.slice(0, 3)}${HIDDEN}${digits.slice(-4)}`
  return digits.length >= 7 ? `${digits.slice(0, 2)}${HIDDEN}${digits.slice(-2)}` : HIDDEN
}

/** The surname of a Chinese name; of any other name its first letter. */
export function surnameOf(name: string): string {
  const [first = '', second = ''] = name.trim()
  const pair = first + second
  return COMPOUND_SURNAMES.has(pair) && [...name].length > 2 ? pair : first
}

/** Long numbers inside a text, hidden. */
export const maskNumbers = (text: string) => text.replace(LONG_NUMBER, HIDDEN)

/** A phone number under a grant that may not reach it. */
function phoneUnder(grant: Grant | null, isReachedByIt: boolean, phone: string | null): string | null {
  if (!grant || !isReachedByIt || phone === null) return null
  return grant.detail === 'full' ? phone : maskPhone(phone)
}

/** A person of the roster; `path` is the area that shows him, which the viewer's scope is held against. */
export interface RosterPerson {
  name: string
  badge: string | null
  path: string | null
}

const onRoster = (path: string | null): Placed => ({ path, departmentId: null, handlerId: null })

/**
 * The name of a member: whole where the roster or the public board is open to the viewer, else surname and badge
 * ("林 0412"), or surname and title of a person without a badge ("林**").
 */
export function memberName(viewer: Viewer, { name, badge, path }: RosterPerson): string {
  const roster = grantFor(viewer.role, 'member.see')
  const board = grantFor(viewer.role, 'postHolder.see')
  const isWhole = (roster?.detail === 'full' && isReached(roster, viewer, onRoster(path))) || board?.detail === 'full'
  if (isWhole) return name
  return badge === null ? `${surnameOf(name)}**` : `${surnameOf(name)} ${badge}`
}

export function memberPhone(viewer: Viewer, path: string | null, phone: string | null): string | null {
  const grant = grantFor(viewer.role, 'memberPhone.see')
  return phoneUnder(grant, isReached(grant, viewer, onRoster(path)), phone)
}

/** The phone of a resident on a record that lies somewhere and may be handed to the viewer. */
export function residentPhone(viewer: Viewer, record: Placed, phone: string | null): string | null {
  const grant = grantFor(viewer.role, 'residentPhone.see')
  return phoneUnder(grant, isReached(grant, viewer, record), phone)
}

/** A resident's name goes with his phone: whole, surname only, or not at all. */
export function residentName(viewer: Viewer, record: Placed, name: string | null): string | null {
  const grant = grantFor(viewer.role, 'residentPhone.see')
  if (!grant || name === null || !isReached(grant, viewer, record)) return null
  return grant.detail === 'full' ? name : `${surnameOf(name)}**`
}

const SNAP_METRES: Partial<Record<Detail, number>> = { snap20: 20, snap50: 50, snap100: 100 }

/** A place as finely as a detail allows. */
export function placeFor(detail: Detail, position: LonLat): LonLat {
  const metres = SNAP_METRES[detail]
  return metres === undefined ? position : snapTo(metres, position)
}
