/** Codes printed as QR on grids and buildings: what they look like, and the sheet an administrator works on. */
import * as z from 'zod/mini'

/** Crockford's base 32: no I, L, O, U, so that nobody misreads a worn print. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
/** 13 letters of five bits: 65 bits. */
export const PLACE_CODE_LENGTH = 13

/** A code from at least 13 random bytes; of each byte five bits are used. */
export const placeCodeFrom = (random: Uint8Array): string =>
  Array.from(random.slice(0, PLACE_CODE_LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('')

const LOOKALIKES: Record<string, string> = { i: '1', l: '1', o: '0' }

/** The code somebody scanned or typed: any case, with or without hyphens and blanks; null when it cannot be one. */
export function readPlaceCode(text: string): string | null {
  const letters = text
    .toLowerCase()
    .replace(/[-\s]/g, '')
    .replace(/[ilo]/g, (letter) => LOOKALIKES[letter] ?? letter)
  const isCode = letters.length === PLACE_CODE_LENGTH && [...letters].every((letter) => LETTERS.includes(letter))
  return isCode ? letters : null
}

/** As printed below the QR: "7k2m-9xq4-tv0ep". */
export const spellPlaceCode = (code: string) => `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`

export const placeKinds = ['grid', 'building'] as const
export const placeKind = z.enum(placeKinds)
export type PlaceKind = z.infer<typeof placeKind>

export const placeCode = z.object({ id: z.string(), code: z.string(), createdAt: z.number() })

/** One grid or building and its code in force. */
export const codedPlace = z.object({
  kind: placeKind,
  /** Of the grid or the building. */
  placeId: z.string(),
  title: z.string(),
  /** Where it is, for the sheet: the community, or the grid and estate. */
  detail: z.nullable(z.string()),
  code: z.nullable(placeCode),
  /** How many were revoked before. */
  revoked: z.number(),
})
export type CodedPlace = z.infer<typeof codedPlace>

/** Grids below an area; the buildings too when it is a grid. */
export const placeCodeSheet = z.object({
  /** What stands before "/g/<code>" in the QR. */
  origin: z.string(),
  places: z.array(codedPlace),
})
export type PlaceCodeSheet = z.infer<typeof placeCodeSheet>

/** At most this many codes are made at once. */
export const CODES_AT_ONCE = 500
const ids = z.array(z.uuid()).check(z.maxLength(CODES_AT_ONCE))
/** Grids and buildings to be given a code; those that have one keep it. */
export const placeCodeWish = z.strictObject({ areaIds: ids, buildingIds: ids })
export type PlaceCodeWish = z.infer<typeof placeCodeWish>

/** The page a QR leads to. */
export const placeCodeAddress = (origin: string, code: string) => `${origin}/g/${code}`
