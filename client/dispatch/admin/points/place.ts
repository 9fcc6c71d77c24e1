/** A place as typed: two numbers in degrees, WGS-84. */

import * as z from 'zod/mini'
import { type LonLat, lonLat } from '#contract/geo'

export interface PlaceFields {
  longitude: string
  latitude: string
}

/** About a decimetre: more digits say nothing. */
const DIGITS = 6

export const placeFields = (place: LonLat | null): PlaceFields => ({
  longitude: place ? place[0].toFixed(DIGITS) : '',
  latitude: place ? place[1].toFixed(DIGITS) : '',
})

/** The place, or null while the two boxes do not hold one. */
export function readPlace({ longitude, latitude }: PlaceFields): LonLat | null {
  const parts = [longitude, latitude].map((text) => text.normalize('NFKC').trim())
  if (parts.some((text) => !/^[+-]?\d+(\.\d+)?$/.test(text))) return null
  const parsed = z.safeParse(lonLat, parts.map(Number))
  return parsed.success ? parsed.data : null
}

/** Both boxes from one pasted pair ("121.4912, 31.2397"); null when the text is not a pair. */
export function pastedPlace(text: string): PlaceFields | null {
  const match = /^\s*([+-]?\d+(?:\.\d+)?)\s*[,，;\s]\s*([+-]?\d+(?:\.\d+)?)\s*$/.exec(text.normalize('NFKC'))
  const [longitude, latitude] = [match?.[1], match?.[2]]
  return longitude && latitude ? { longitude, latitude } : null
}
