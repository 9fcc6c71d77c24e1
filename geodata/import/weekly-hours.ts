/** Opening hours as people write them, in Chinese or as OpenStreetMap does → seven lists of spans, Monday first. */
import * as z from 'zod/mini'
import { type OpeningHours, openingHours } from '#contract/service-points'
import { Refused } from './refused.ts'

type Span = [from: string, to: string]

const DAYS: Readonly<Record<string, number>> = {
  mo: 0,
  tu: 1,
  we: 2,
  th: 3,
  fr: 4,
  sa: 5,
  su: 6,
  mon: 0,
  tue: 1,
  wed: 2,
  thu: 3,
  fri: 4,
  sat: 5,
  sun: 6,
  周一: 0,
  周二: 1,
  周三: 2,
  周四: 3,
  周五: 4,
  周六: 5,
  周日: 6,
  周天: 6,
}
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
const WORKDAYS = [0, 1, 2, 3, 4]
const WEEKEND = [5, 6]
const GROUPS: Readonly<Record<string, readonly number[]>> = {
  每天: EVERY_DAY,
  每日: EVERY_DAY,
  全周: EVERY_DAY,
  daily: EVERY_DAY,
  工作日: WORKDAYS,
  weekdays: WORKDAYS,
  周末: WEEKEND,
  双休日: WEEKEND,
  weekend: WEEKEND,
  weekends: WEEKEND,
}
const day = '(?:周[一二三四五六日天]|mon|tue|wed|thu|fri|sat|sun|mo|tu|we|th|fr|sa|su)'
const group = Object.keys(GROUPS).join('|')
const DAY_LIST = new RegExp(`^((?:${group}|${day}(?:-${day})?)(?:,(?:${group}|${day}(?:-${day})?))*)\\s*(.*)$`)
const SPAN = /^(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?$/
const CLOSED = new Set(['off', 'closed', '休息', '不开放', '闭馆', '关闭'])
const ALL_DAY = new Set(['24小时', '全天', '24h'])

/**
 * A later rule replaces an earlier one for the days it names where their spans meet, and adds to it where they do not.
 * A span past midnight goes on into the next day. Throws Refused.
 */
export function readHours(value: string): OpeningHours {
  const week: Span[][] = [[], [], [], [], [], [], []]
  const unreadable = () => new Refused('hours_unreadable', { value: value.slice(0, 80) })
  const plain = tidy(value)
  if (plain === '24/7') return EVERY_DAY.map(() => [['00:00', '24:00']])
  for (const rule of plain.split(/[;\n]/).filter((part) => part.trim() !== '')) {
    const { days, spans } = readRule(rule.trim()) ?? raise(unreadable())
    const given = weekOf(days, spans)
    for (const at of EVERY_DAY) {
      const before = week[at] ?? []
      const after = given[at] ?? []
      const isReplaced =
        (days.includes(at) && spans.length === 0) || after.some((span) => before.some((other) => meet(span, other)))
      week[at] = isReplaced ? after : [...before, ...after]
    }
  }
  for (const spans of week) spans.sort(([a], [b]) => (a < b ? -1 : 1))
  const checked = z.safeParse(openingHours, week)
  if (!checked.success) throw unreadable()
  return checked.data
}

function tidy(value: string): string {
  return value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/星期|礼拜/g, '周')
    .replace(/(周[一二三四五六日天])、?(?=[一二三四五六日天](?![一二三四五六日天0-9:]))/g, '$1,周')
    .replace(/\s*(?:至|到|~|—|–|―|－|〜|-)+\s*/g, '-')
    .replace(/-(?=[一二三四五六日天])/g, '-周')
    .replace(/\s*[、,]\s*/g, ',')
    .replace(/[。]$/, '')
    .replace(/[()]/g, ' ')
    .trim()
}

function readRule(rule: string): { days: readonly number[]; spans: Span[] } | null {
  const match = DAY_LIST.exec(rule)
  const days = match ? readDays(match[1] ?? '') : EVERY_DAY
  const times = (match ? (match[2] ?? '') : rule).replace(/^[:,]\s*/, '').trim()
  if (!days) return null
  if (CLOSED.has(times)) return { days, spans: [] }
  if (ALL_DAY.has(times)) return { days, spans: [['00:00', '24:00']] }
  const spans = times
    .split(/[,\s]+/)
    .filter(Boolean)
    .map(readSpan)
  return spans.length > 0 && spans.every((span) => span !== null) ? { days, spans } : null
}

function readDays(text: string): number[] | null {
  const days = new Set<number>()
  for (const part of text.split(',')) {
    const [from, to] = part.split('-')
    for (const at of GROUPS[part] ?? rangeOf(DAYS[from ?? ''], DAYS[to ?? from ?? ''])) days.add(at)
  }
  return days.size > 0 ? [...days] : null
}

/** Friday to Monday goes round the week's end. */
function rangeOf(from: number | undefined, to: number | undefined): number[] {
  if (from === undefined || to === undefined) return []
  const length = ((to - from + 7) % 7) + 1
  return Array.from({ length }, (_, step) => (from + step) % 7)
}

function readSpan(text: string): Span | null {
  const match = SPAN.exec(text)
  if (!match) return null
  const [, fromHour = '', fromMinute = '00', toHour = '', toMinute = '00'] = match
  return [`${fromHour.padStart(2, '0')}:${fromMinute}`, `${toHour.padStart(2, '0')}:${toMinute}`]
}

function weekOf(days: readonly number[], spans: readonly Span[]): Span[][] {
  const week: Span[][] = [[], [], [], [], [], [], []]
  for (const at of days)
    for (const [from, to] of spans) {
      const isPastMidnight = to <= from
      week[at]?.push([from, isPastMidnight ? '24:00' : to])
      if (isPastMidnight && to !== '00:00') week[(at + 1) % 7]?.push(['00:00', to])
    }
  return week
}

const meet = ([fromA, toA]: Span, [fromB, toB]: Span) => fromA < toB && fromB < toA

function raise(error: Error): never {
  throw error
}
