/** Service points 党群服务点: where residents find people, and when they are open. */
import * as z from 'zod/mini'
import { lonLat } from './geo.ts'
import { optionalText, requiredText } from './text.ts'

export const servicePointKinds = ['centre', 'station', 'microComplex', 'mediationRoom'] as const
export const servicePointKind = z.enum(servicePointKinds)
export type ServicePointKind = z.infer<typeof servicePointKind>

/** "HH:MM" local time; 24:00 ends a day. */
const clock = z.string().check(z.regex(/^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/))
const span = z.tuple([clock, clock]).check(z.refine(([from, to]) => from < to, 'opens before it closes'))

/** Opening hours: seven lists of [from, to], Monday first. Spans of one day do not cross midnight. */
export const openingHours = z.array(z.array(span).check(z.maxLength(4))).check(z.length(7))
export type OpeningHours = z.infer<typeof openingHours>

export const servicePoint = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  kind: servicePointKind,
  address: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  services: z.array(z.string()),
  hours: openingHours,
  /** Local day (YYYY-MM-DD) on which it is closed out of turn, and why. */
  closedOn: z.nullable(z.string()),
  closedReason: z.nullable(z.string()),
  position: lonLat,
  areaId: z.nullable(z.string()),
  areaName: z.nullable(z.string()),
  version: z.number(),
})
export type ServicePoint = z.infer<typeof servicePoint>

export const servicePointWrite = z.strictObject({
  name: requiredText(60),
  kind: servicePointKind,
  address: optionalText(120),
  phone: z.nullable(z.string().check(z.regex(/^\+?[0-9][0-9 -]{2,18}[0-9]$/))),
  services: z.array(requiredText(30)).check(z.maxLength(40)),
  hours: openingHours,
  position: lonLat,
})
export type ServicePointWrite = z.infer<typeof servicePointWrite>

export interface OpenState {
  isOpen: boolean
  /** "HH:MM" when the present span ends, while open. */
  until: string | null
  /** "HH:MM" when it next opens today, while closed. */
  opensAt: string | null
  closedReason: string | null
}

/**
 * Whether a service point is open at an instant.
 * `timeZone` is an IANA name; the calendar day and the clock are those of that zone.
 */
export function openState(
  point: Pick<ServicePoint, 'hours' | 'closedOn' | 'closedReason'>,
  now: Date,
  timeZone: string,
): OpenState {
  const { day, time, weekday } = localClock(now, timeZone)
  if (point.closedOn === day) return { isOpen: false, until: null, opensAt: null, closedReason: point.closedReason }
  const today = point.hours[weekday] ?? []
  const current = today.find(([from, to]) => from <= time && time < to)
  if (current) return { isOpen: true, until: current[1], opensAt: null, closedReason: null }
  const next = today.find(([from]) => from > time)
  return { isOpen: false, until: null, opensAt: next?.[0] ?? null, closedReason: null }
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** The calendar day, "HH:MM" and weekday (0 = Monday) of an instant in a time zone. */
export function localClock(now: Date, timeZone: string): { day: string; time: string; weekday: number } {
  let format = clocks.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    clocks.set(timeZone, format)
  }
  const part: Record<string, string> = {}
  for (const { type, value } of format.formatToParts(now)) part[type] = value
  const day = `${part.year}-${part.month}-${part.day}`
  return { day, time: `${part.hour}:${part.minute}`, weekday: (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7 }
}
