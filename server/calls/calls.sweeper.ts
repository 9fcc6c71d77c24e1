/** The clock of all calls: does what is due, in one process at a time. */
import { v7 as uuid } from 'uuid'
import { Refusal } from '../errors.ts'
import type { CallsQueries } from './calls.queries.ts'
import type { CallsService } from './calls.service.ts'

/** How often it looks; a deadline is acted on within about this. */
export const SWEEP_CALLS_EVERY_MS = 250
const LEASE = 'calls'
/** A process that dies hands its work over after this. */
const LEASE_MS = 2_000
const AT_A_LOOK = 200
/** Fewer than the embedded database's connections, so that requests get through. */
const AT_ONCE = 3

export interface SweeperParts {
  queries: CallsQueries
  calls: Pick<CallsService, 'tick'>
  now: () => number
  onFault: (error: unknown) => void
}

export function createCallsSweeper({ queries, calls, now, onFault }: SweeperParts) {
  const holder = uuid()
  let heldUntil = 0

  async function holdsLease(): Promise<boolean> {
    const at = now()
    // Written once a second and not four times: the embedded database cleans up after itself rarely.
    if (heldUntil - at > LEASE_MS / 2 && heldUntil - at <= LEASE_MS) return true
    heldUntil = (await queries.takeLease(LEASE, holder, at, at + LEASE_MS)) ? at + LEASE_MS : 0
    return heldUntil > 0
  }

  async function tick(id: string): Promise<void> {
    try {
      await calls.tick(id)
    } catch (error) {
      // Somebody was faster: then it is not due any more.
      if (!(error instanceof Refusal)) onFault(error)
    }
  }

  return {
    /** One look. A call that fails is tried again at the next one and does not hold up the others. */
    async sweep(): Promise<void> {
      if (!(await holdsLease())) return
      const waiting = await queries.due(now(), AT_A_LOOK)
      const work = async () => {
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await tick(id)
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
    },

    /** Leaves the work to whoever comes next. */
    async stop(): Promise<void> {
      if (heldUntil > 0) await queries.dropLease(LEASE, holder)
    },
  }
}
