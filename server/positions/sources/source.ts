/** What every adapter of a position source turns its wire format into. */
import type { Fix } from '#contract/positions'

/** One message of a device: who it says it is (a pairing secret or name, never a member), and its fixes in order. */
export interface SourceReading {
  device: string | null
  fixes: Fix[]
  /** Fixes in the message that were no positions at all. */
  malformed: number
}

const KNOTS = 1852 / 3600
const KILOMETRES_PER_HOUR = 1000 / 3600

/** Speeds arrive in four units; inside it is metres a second. */
export const speedFrom = {
  knots: (value: number | null) => (value === null ? null : value * KNOTS),
  kilometresPerHour: (value: number | null) => (value === null ? null : value * KILOMETRES_PER_HOUR),
  metresPerSecond: (value: number | null) => value,
}

/** A finite number, from a number or a numeric text; null for all else, and for -1 where that means unknown. */
export function numberOf(value: unknown, unknownIs?: -1): number | null {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN
  return Number.isFinite(number) && number !== unknownIs ? number : null
}

/** null unless within [min, max]: an odd extra must not cost the position it came with. */
export const within = (value: number | null, min: number, max: number) =>
  value !== null && value >= min && value <= max ? value : null

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
