/** What is wrong with a form before it is sent, by the contract's own schema, in words the locales have. */
import * as z from 'zod/mini'

/** Each has a sentence in the locales under `admin.fault`. */
export const fieldFaults = [
  'missing',
  'tooLong',
  'tooMany',
  'phone',
  'wholePhone',
  'signInName',
  'place',
  'clock',
  'overlap',
  'interval',
  'wrong',
] as const
export type FieldFault = (typeof fieldFaults)[number]
/** Path in the body ("phone", "posts.0.areaId") → what is wrong there. */
export type Faults = Readonly<Record<string, FieldFault>>

/** Empty when the body may be sent. */
export function faultsOf(schema: z.ZodMiniType, body: unknown): Faults {
  const result = z.safeParse(schema, body)
  if (result.success) return {}
  const faults: Record<string, FieldFault> = {}
  for (const issue of result.error.issues) faults[issue.path.join('.')] ??= faultOf(issue)
  return faults
}

function faultOf(issue: z.core.$ZodIssue): FieldFault {
  const field = issue.path.at(-1)
  if (issue.path[0] === 'position') return 'place'
  if (issue.path[0] === 'hours') return 'clock'
  if (issue.code === 'too_small' || issue.code === 'invalid_type') return 'missing'
  if (issue.code === 'too_big') return issue.origin === 'array' ? 'tooMany' : 'tooLong'
  if (issue.code === 'invalid_format') {
    if (field === 'phone' || field === 'signInName') return field
    // The only other format is an id, which a person picks: it was not picked.
    return 'missing'
  }
  // The only rule of the contract's texts that is not a bound is their length as a person counts it.
  return issue.code === 'custom' ? 'tooLong' : 'wrong'
}

/** The first fault at a path or below it: a list shows what is wrong with any of its entries. */
export function faultAt(faults: Readonly<Record<string, string>>, path: string): string | null {
  if (faults[path] !== undefined) return faults[path]
  const below = Object.keys(faults).find((key) => key.startsWith(`${path}.`))
  return below === undefined ? null : (faults[below] ?? null)
}
