/** Times as people write them → milliseconds since the epoch. A time without an offset is local to a zone. */
import { Refused } from './refused.ts'

const DAY_MS = 86_400_000
/** No zone changes its clock more often within an hour. */
const BUCKET_MS = 900_000

interface Written {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
  /** Minutes east of UTC; null when not written. */
  offset: number | null
}

const clock = String.raw`(\d{1,2})[:时点](\d{1,2})?(?:[:分](\d{1,2})(?:[.,](\d{1,9}))?)?[分秒]?`
const zone = String.raw`\s*(Z|UTC|[+-]\d{2}:?\d{2})?`
const half = String.raw`(上午|下午|中午|凌晨|晚上|早上)?\s*`
/** Year first: ISO 8601, with - / . or 年月日. */
const YEAR_FIRST = new RegExp(
  String.raw`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*${half}${clock}${zone})?$`,
  'i',
)
/** Month first, as US exports write it: 3/14/2025 1:20:00 PM. */
const MONTH_FIRST = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+${clock}\s*(AM|PM)?)?$`, 'i')

/** Throws Refused for what is no time, an impossible one, or one the zone's clocks skipped. */
export function readInstant(value: string, timeZone: string): number {
  const text = value.normalize('NFKC').trim()
  const written = readYearFirst(text) ?? readMonthFirst(text)
  if (!written) throw new Refused('date_unreadable', { value: value.slice(0, 60) })
  if (!isPossible(written)) throw new Refused('date_impossible', { value })
  const { year, month, day, hour, minute, second, millisecond, offset } = written
  // 24:00 is the end of the day; Date.UTC rolls it over.
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
  if (offset !== null) return wall - offset * 60_000
  const instant = fromWallClock(wall, timeZone)
  if (instant === null) throw new Refused('date_skipped', { value, zone: timeZone })
  return instant
}

const whole = (text: string | undefined) => Number(text ?? 0)

function readYearFirst(text: string): Written | null {
  const match = YEAR_FIRST.exec(text)
  if (!match) return null
  const [, year, month, day, partOfDay, hour, minute, second, fraction, offset] = match
  return {
    year: whole(year),
    month: whole(month),
    day: whole(day),
    hour: whole(hour) + (/下午|晚上/.test(partOfDay ?? '') && whole(hour) < 12 ? 12 : 0),
    minute: whole(minute),
    second: whole(second),
    millisecond: Math.floor(Number(`0.${fraction ?? 0}`) * 1000),
    offset: offset === undefined ? null : readOffset(offset),
  }
}

function readMonthFirst(text: string): Written | null {
  const match = MONTH_FIRST.exec(text)
  if (!match) return null
  const [, month, day, year, hour, minute, second, fraction, half] = match
  const isAfternoon = half?.toUpperCase() === 'PM'
  const written = whole(hour)
  // 12 AM is midnight, 12 PM noon; 13 PM is nonsense and becomes an impossible hour.
  const hours =
    half === undefined ? written : written === 12 ? (isAfternoon ? 12 : 0) : written + (isAfternoon ? 12 : 0)
  return {
    year: whole(year),
    month: whole(month),
    day: whole(day),
    hour: half !== undefined && (written < 1 || written > 12) ? 99 : hours,
    minute: whole(minute),
    second: whole(second),
    millisecond: Math.floor(Number(`0.${fraction ?? 0}`) * 1000),
    offset: null,
  }
}

function readOffset(text: string): number {
  if (/^(z|utc)$/i.test(text)) return 0
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))
  return text.startsWith('-') ? -minutes : minutes
}

function isPossible({ year, month, day, hour, minute, second, offset }: Written): boolean {
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const isClock = (hour < 24 && minute < 60 && second < 60) || (hour === 24 && minute === 0 && second === 0)
  const isDay = year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= lastDay
  return isDay && isClock && Math.abs(offset ?? 0) <= 14 * 60
}

/** The instant at which clocks of the zone show `wall`; the earlier of two in autumn; null when they skipped it. */
function fromWallClock(wall: number, timeZone: string): number | null {
  const candidates = [offsetAt(wall - DAY_MS, timeZone), offsetAt(wall + DAY_MS, timeZone)]
  const fitting = candidates
    .map((offset) => wall - offset)
    .filter((instant) => offsetAt(instant, timeZone) === wall - instant)
  return fitting.length === 0 ? null : Math.min(...fitting)
}

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, Map<number, number>>()

/** Whether this machine knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Milliseconds that the zone is ahead of UTC at an instant. Formatting is slow, so a quarter of an hour is asked once. */
function offsetAt(instant: number, timeZone: string): number {
  const known = offsets.get(timeZone) ?? new Map<number, number>()
  offsets.set(timeZone, known)
  const bucket = Math.floor(instant / BUCKET_MS)
  let offset = known.get(bucket)
  if (offset === undefined) {
    offset = measureOffset(bucket * BUCKET_MS, timeZone)
    known.set(bucket, offset)
  }
  return offset
}

function measureOffset(instant: number, timeZone: string): number {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    })
    formats.set(timeZone, format)
  }
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant
}
