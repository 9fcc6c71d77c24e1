/** Weekly opening hours while they are typed: seven lists of [from, to] as text, Monday first. */
import type { OpeningHours } from '#contract/service-points'

export type HoursDraft = [from: string, to: string][][]
export type HoursFault = 'clock' | 'overlap'

export const DAYS_OF_WEEK = 7
/** As many as the contract takes. */
export const MAX_SPANS = 4
const USUAL_SPAN: readonly [string, string] = ['09:00', '17:00']

export const emptyHours = (): HoursDraft => Array.from({ length: DAYS_OF_WEEK }, () => [])

export const hoursDraft = (hours: OpeningHours): HoursDraft =>
  hours.map((spans) => spans.map(([from, to]): [string, string] => [from, to]))

/** "HH:MM" of what a person types for a time ("9", "930", "9:30", "９：３０"), 24:00 being the end of the day; else null. */
export function readClock(typed: string): string | null {
  const text = typed.normalize('NFKC').trim()
  const match = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text)
  if (!match) return null
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)]
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** The draft with one day replaced. */
function withDay(draft: HoursDraft, day: number, spans: [string, string][]): HoursDraft {
  return draft.map((given, index) => (index === day ? spans : given))
}

/** One more span on a day, after the last one; unchanged when there are as many as there may be. */
export function addSpan(draft: HoursDraft, day: number): HoursDraft {
  const spans = draft[day] ?? []
  if (spans.length >= MAX_SPANS) return draft
  const last = spans.at(-1)
  return withDay(draft, day, [...spans, last ? [later(last[1], 60), later(last[1], 240)] : [...USUAL_SPAN]])
}

/** So many minutes after a clock time, at most the end of the day; empty when there is nothing after it. */
function later(clock: string, minutes: number): string {
  const time = readClock(clock)
  if (time === null || time === '24:00') return ''
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const total = Math.min(24 * 60, hour * 60 + minute + minutes)
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`
}

export const removeSpan = (draft: HoursDraft, day: number, index: number): HoursDraft =>
  withDay(
    draft,
    day,
    (draft[day] ?? []).filter((_, at) => at !== index),
  )

export function setClock(draft: HoursDraft, day: number, index: number, end: 0 | 1, typed: string): HoursDraft {
  const spans = (draft[day] ?? []).map(([from, to], at): [string, string] => {
    if (at !== index) return [from, to]
    return end === 0 ? [typed, to] : [from, typed]
  })
  return withDay(draft, day, spans)
}

/** Monday's hours for Tuesday to Friday, or for the whole week. */
export function copyMonday(draft: HoursDraft, until: 'weekdays' | 'week'): HoursDraft {
  const lastDay = until === 'weekdays' ? 4 : 6
  return draft.map((spans, day) =>
    day > 0 && day <= lastDay ? (draft[0] ?? []).map(([from, to]): [string, string] => [from, to]) : spans,
  )
}

/** What is wrong with each day: a time that is none or ends before it begins, or two spans at once. */
export function hoursFaults(draft: HoursDraft): (HoursFault | null)[] {
  return draft.map((spans) => {
    const read = spans.map(([from, to]) => [readClock(from), readClock(to)] as const)
    if (read.some(([from, to]) => from === null || to === null || from >= to)) return 'clock'
    const inOrder = read.toSorted(([a], [b]) => String(a).localeCompare(String(b)))
    const isOverlapping = inOrder.some(([from], at) => at > 0 && String(from) < String(inOrder[at - 1]?.[1]))
    return isOverlapping ? 'overlap' : null
  })
}

/** The hours to send: clock times written out, each day in order. Ask `hoursFaults` first. */
export function toOpeningHours(draft: HoursDraft): OpeningHours {
  return draft.map((spans) =>
    spans
      .map(([from, to]): [string, string] => [readClock(from) ?? from, readClock(to) ?? to])
      .toSorted(([a], [b]) => a.localeCompare(b)),
  )
}

/** The week in groups of neighbouring days with the same hours: [first day, last day, spans]; closed days are left out. */
export function weekGroups(hours: OpeningHours): { from: number; to: number; spans: string }[] {
  const groups: { from: number; to: number; spans: string }[] = []
  for (const [day, list] of hours.entries()) {
    const spans = list.map(([from, to]) => `${from}–${to}`).join(' ')
    const last = groups.at(-1)
    if (last?.spans === spans) last.to = day
    else groups.push({ from: day, to: day, spans })
  }
  return groups.filter(({ spans }) => spans !== '')
}
