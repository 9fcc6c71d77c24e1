/** Names of the icons. A name says all that is needed to draw it, so icons are drawn when the map first asks. */
import { type Supervision, supervisionStates } from '#contract/cases'
import { type ServicePointKind, servicePointKinds } from '#contract/service-points'
import { type CallLook, callLooks, type MapTheme } from '../map-model.ts'

export const personLooks = ['member', 'leader', 'inCall', 'suspect', 'stale'] as const
export type PersonLook = (typeof personLooks)[number]

export type Icon = { theme: MapTheme } & (
  | { kind: 'case'; supervision: Supervision }
  | { kind: 'servicePoint'; point: ServicePointKind; isOpen: boolean }
  | { kind: 'call'; look: CallLook }
  | { kind: 'count'; count: string }
  | { kind: 'stack'; count: string }
  | { kind: 'person'; look: PersonLook; hasHeading: boolean }
  | { kind: 'team'; count: string; isStale: boolean }
  | { kind: 'rank'; count: string }
  | { kind: 'fan'; count: string }
  | { kind: PlainIcon }
)

/** Icons of which there is one kind each. */
const plainIcons = ['ring', 'spot', 'arrow', 'walked'] as const
export type PlainIcon = (typeof plainIcons)[number]

/** Counts past these read "999+" beside a name and "99+" on a stack. */
const MOST_BESIDE_NAME = 999
const MOST_ON_STACK = 99
const shortCount = (count: number, most: number) => (count > most ? `${most}+` : String(count))

export const caseIcon = (supervision: Supervision, theme: MapTheme) => `case:${supervision}:${theme}`
export const servicePointIcon = (point: ServicePointKind, isOpen: boolean, theme: MapTheme) =>
  `servicePoint:${point}:${isOpen ? 'open' : 'closed'}:${theme}`
/** The open count beside an area's name. */
export const countIcon = (count: number, theme: MapTheme) => `count:${shortCount(count, MOST_BESIDE_NAME)}:${theme}`
/** How many cases share one place. */
export const stackIcon = (count: number, theme: MapTheme) => `stack:${shortCount(count, MOST_ON_STACK)}:${theme}`

export const personIcon = (look: PersonLook, hasHeading: boolean, theme: MapTheme) =>
  `person:${look}:${hasHeading ? 'heading' : 'still'}:${theme}`
/** A team or patrol at its leader's fix, with its head count. */
export const teamIcon = (people: number, isStale: boolean, theme: MapTheme) =>
  `team:${shortCount(people, MOST_ON_STACK)}:${isStale ? 'stale' : 'live'}:${theme}`

export const callIcon = (look: CallLook, theme: MapTheme) => `call:${look}:${theme}`

/** The place of somebody in a list of the nearest. */
export const rankIcon = (rank: number, theme: MapTheme) => `rank:${shortCount(rank, MOST_ON_STACK)}:${theme}`
/** The spokes from a place to so many people spread around it. */
export const fanIcon = (people: number, theme: MapTheme) => `fan:${people}:${theme}`
/** `ring` around who is chosen, `spot` for a pressed place, `arrow` along a track, `walked` for where somebody was. */
export const plainIcon = (kind: PlainIcon, theme: MapTheme) => `${kind}:${theme}`

const isTheme = (text: string | undefined): text is MapTheme => text === 'dark' || text === 'light'
const oneOf = <Value extends string>(values: readonly Value[], text: string | undefined) =>
  values.find((value) => value === text)

/** The icon a name stands for; null when it is none of ours. */
export function parseIcon(id: string): Icon | null {
  const parts = id.split(':')
  const theme = parts.at(-1)
  if (!isTheme(theme)) return null
  const [kind, what] = parts
  const plain = oneOf(plainIcons, kind)
  if (plain) return { kind: plain, theme }
  if (kind === 'case') {
    const supervision = oneOf(supervisionStates, what)
    return supervision ? { kind, supervision, theme } : null
  }
  if (kind === 'servicePoint') {
    const point = oneOf(servicePointKinds, what)
    return point ? { kind, point, isOpen: parts[2] === 'open', theme } : null
  }
  if (kind === 'person') {
    const look = oneOf(personLooks, what)
    return look ? { kind, look, hasHeading: parts[2] === 'heading', theme } : null
  }
  if (kind === 'call') {
    const look = oneOf(callLooks, what)
    return look ? { kind, look, theme } : null
  }
  if (kind === 'team' && what !== undefined && /^[0-9]{1,2}\+?$/.test(what))
    return { kind, count: what, isStale: parts[2] === 'stale', theme }
  if (
    (kind === 'count' || kind === 'stack' || kind === 'rank' || kind === 'fan') &&
    what !== undefined &&
    /^[0-9]{1,3}\+?$/.test(what)
  )
    return { kind, count: what, theme }
  return null
}
