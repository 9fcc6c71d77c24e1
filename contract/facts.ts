/**
 * Facts: what changed, told to every screen without a gap. Each carries its number and the number of the fact told to
 * this socket before it; a screen that sees another number in between asks for what it missed.
 */
import * as z from 'zod/mini'
import { liveCall } from './calls.ts'
import { openCase } from './cases.ts'
import { dutyPerson } from './duty.ts'
import type { Action } from './roles.ts'
import { servicePoint } from './service-points.ts'

/**
 * Kinds of records that facts are about. A fact carries the whole record as it now is, or null when it is gone from
 * this viewer's view (closed, off duty, moved out of reach); so applying one twice changes nothing.
 */
export const factKinds = {
  case: { action: 'case.see', record: openCase },
  servicePoint: { action: 'servicePoint.see', record: servicePoint },
  duty: { action: 'onDuty.see', record: dutyPerson },
  call: { action: 'call.see', record: liveCall },
} as const satisfies Record<string, { action: Action; record: z.ZodMiniType }>
export type FactKind = keyof typeof factKinds
export const factKindNames = Object.keys(factKinds) as FactKind[]

const factOf = <Kind extends FactKind, Record extends z.ZodMiniType>(kind: Kind, record: Record) =>
  z.object({ seq: z.number(), at: z.number(), kind: z.literal(kind), id: z.string(), record: z.nullable(record) })

export const fact = z.union([
  factOf('case', openCase),
  factOf('servicePoint', servicePoint),
  factOf('duty', dutyPerson),
  factOf('call', liveCall),
])
export type Fact = z.infer<typeof fact>

/** A fact on its way to one socket. */
export const toldFact = z.object({ previousSeq: z.number(), fact })
export type ToldFact = z.infer<typeof toldFact>

/** What a screen that was away gets: the records that changed meanwhile as they now are, or the word to start afresh. */
export const resumeAnswer = z.object({
  /** The number everything up to which is now known. */
  seq: z.number(),
  /** null: too much was missed; take a snapshot. */
  facts: z.nullable(z.array(fact)),
})
export type ResumeAnswer = z.infer<typeof resumeAnswer>

/** Missing more facts than this means a snapshot is the shorter way. */
export const RESUME_CAP = 5_000
