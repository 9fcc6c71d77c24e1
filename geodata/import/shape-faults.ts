/** What the database says of an invalid shape, in our words. */
import { Refused } from './refused.ts'

const PATH = 'geometry.coordinates'

/** `reason` is that of ST_IsValidReason: "Self-intersection[114.005 22.705]". */
export function shapeFault(reason: string): Refused {
  const [, fault = reason, longitude, latitude] = /^(.*?)\s*\[(\S+) (\S+)\]$/.exec(reason) ?? []
  if (/Self-intersection/i.test(fault) && longitude !== undefined && latitude !== undefined)
    return new Refused('crosses_itself', { longitude: shorten(longitude), latitude: shorten(latitude) }, PATH)
  if (/Hole lies outside shell/i.test(fault)) return new Refused('hole_outside', {}, PATH)
  return new Refused('shape_invalid', { detail: reason }, PATH)
}

/** Six digits are a tenth of a metre. */
const shorten = (degrees: string) => Number(Number(degrees).toFixed(6))
