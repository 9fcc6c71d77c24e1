/** Data loads: moving a real street in from files. */
import * as z from 'zod/mini'
import { areaLevel } from './areas.ts'
import { requiredText, typedText } from './text.ts'

/** What a file can hold. `base` is water, green, roads and rail by the features' own `kind`. */
export const loadKinds = [
  'areas',
  'buildings',
  'base',
  'members',
  'teams',
  'servicePoints',
  'departments',
  'cases',
] as const
export const loadKind = z.enum(loadKinds)
export type LoadKind = z.infer<typeof loadKind>

/** Datum the file's coordinates are in; converted once, here. */
export const datums = ['wgs84', 'gcj02', 'bd09'] as const
export const datum = z.enum(datums)
export type Datum = z.infer<typeof datum>

/** Something said about a load: a sentence of contract/load-words.ts and what fills it. */
export const loadNote = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type LoadNote = z.infer<typeof loadNote>

/**
 * A row that was refused, and why. `index` counts from 1: a CSV row without its header, or a GeoJSON feature;
 * 0 is the file itself. `reason` is the English sentence of `code` and `values`; `loadSentence` says it in Chinese too.
 */
export const refusedRow = z.object({ index: z.number(), path: z.string(), reason: z.string(), ...loadNote.shape })
export type RefusedRow = z.infer<typeof refusedRow>

/** How many refused rows a report lists; it counts all of them. */
export const REFUSED_ROWS_KEPT = 200

/** What a running load is at, in order. From `merging` on it can no longer be cancelled. */
export const loadSteps = ['reading', 'staging', 'merging', 'attributing'] as const
export const loadProgress = z.object({
  step: z.enum(loadSteps),
  /** Rows of this step that are done, of how many; total is null while nobody knows it. */
  done: z.number(),
  total: z.nullable(z.number()),
  /** 0 while too little is done to tell. */
  rowsPerSecond: z.number(),
  /** Seconds since the load began. */
  seconds: z.number(),
})
export type LoadProgress = z.infer<typeof loadProgress>

export const loadReport = z.object({
  id: z.string(),
  fileName: z.string(),
  /** null while, or because, nobody could tell what the file holds. */
  kind: z.nullable(loadKind),
  at: z.number(),
  actor: z.nullable(z.string()),
  state: z.enum(['running', 'done', 'refused', 'cancelled']),
  rowsRead: z.number(),
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  refusedCount: z.number(),
  /** The first rows refused, at most REFUSED_ROWS_KEPT. */
  refused: z.array(refusedRow),
  /** What was found out, mended or left out on the way. */
  notes: z.array(loadNote),
  progress: z.nullable(loadProgress),
  /** The outcome in one English sentence; null while running. */
  message: z.nullable(z.string()),
})
export type LoadReport = z.infer<typeof loadReport>

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** How to read a file; absent means: find out from its name and columns. */
export const loadOptions = z.strictObject({
  /** A label only; no path is ever made of it. */
  fileName: requiredText(200),
  kind: z.optional(loadKind),
  datum: z._default(datum, 'wgs84'),
  level: z.optional(areaLevel),
  /** IANA zone of times without an offset. */
  timeZone: z._default(z.string().check(z.maxLength(60), z.refine(isTimeZone, 'no such time zone')), 'Asia/Shanghai'),
  /** "field=column,field=column": names the file uses for ours. */
  map: z.optional(typedText(2000)),
  /** Load the good rows and leave the refused ones out, instead of refusing the whole file. */
  skipRefused: z.optional(z.literal('yes')),
})
export type LoadOptions = z.infer<typeof loadOptions>

export const MAX_LOAD_BYTES = 64 * 1024 * 1024
