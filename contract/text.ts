/** Text from outside: what is kept, what is dropped, and how its length is counted. */
import * as z from 'zod/mini'

// biome-ignore lint/suspicious/noControlCharactersInRegex: dropping them is the point
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g
const graphemes = new Intl.Segmenter('zh-CN', { granularity: 'grapheme' })

/** Length as a person counts it: a family emoji is 1, 𠮷 is 1. */
export function graphemeLength(value: string): number {
  let length = 0
  for (const _ of graphemes.segment(value)) length++
  return length
}

/** Drops control characters (PostgreSQL cannot store NUL), mends half surrogates, trims. All else stays intact. */
export function cleanText(value: string): string {
  return value.toWellFormed().replace(CONTROL_CHARACTERS, '').trim()
}

/** A schema for text of 1..max graphemes. */
export const requiredText = (max: number) =>
  z.pipe(
    // The raw bound keeps a hostile megabyte away from the segmenter; 16 code units hold any grapheme in real use.
    z.string().check(z.maxLength(max * 16)),
    z.pipe(
      z.transform(cleanText),
      z.string().check(
        z.minLength(1),
        z.refine((value) => graphemeLength(value) <= max, `at most ${max} characters`),
      ),
    ),
  )

/** The same, but empty becomes null. */
export const optionalText = (max: number) =>
  z.pipe(
    z.nullable(z.string().check(z.maxLength(max * 16))),
    z.pipe(
      z.transform((value: string | null) => (value === null ? null : cleanText(value) || null)),
      z.nullable(z.string().check(z.refine((value) => graphemeLength(value) <= max, `at most ${max} characters`))),
    ),
  )

/** Words somebody searches by: cleaned like stored text, and possibly empty. At most `max` code units. */
export const typedText = (max: number) => z.pipe(z.string().check(z.maxLength(max)), z.transform(cleanText))
