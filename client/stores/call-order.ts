/** Which call comes first, and what it looks like: pure, so that bar, list, map and sound can never disagree. */
import { type CallState, isEnded, isHandled } from '#contract/call-ladder'
import type { LadderPace, LiveCall } from '#contract/calls'

/** ringing: somebody is being looked for · urgent: it waits for a dispatcher · taken: one has it · coming: somebody is on it. */
export type CallLook = 'ringing' | 'urgent' | 'taken' | 'coming'

export function lookOfCall(state: CallState): CallLook {
  if (state === 'dispatcher' || state === 'alarm') return 'urgent'
  if (state === 'taken') return 'taken'
  return isHandled(state) || isEnded(state) ? 'coming' : 'ringing'
}

const FIRST: readonly CallState[] = ['alarm', 'dispatcher', 'taken', 'ringing', 'searching', 'accepted', 'onTheWay']
const urgency = ({ state }: LiveCall) => (FIRST.includes(state) ? FIRST.indexOf(state) : FIRST.length)

/** What waits for a dispatcher first, the longest waiting among equals. */
export const byUrgency = (a: LiveCall, b: LiveCall): number =>
  urgency(a) - urgency(b) || a.placedAt - b.placedAt || a.id.localeCompare(b.id)

/** Nobody is on it and nobody is being asked: a dispatcher must act. */
export const isWaiting = ({ state }: Pick<LiveCall, 'state'>): boolean => lookOfCall(state) === 'urgent'

/** What was acknowledged is this step of this call: an alarm after it is heard again. */
export const heardKey = ({ id, state }: Pick<LiveCall, 'id' | 'state'>): string => `${id}/${state}`

export interface CallTime {
  /** Whole seconds, rounded up while they run down and down while they add up. */
  seconds: number
  /** left: until the next thing happens by itself · since: how long nothing will. */
  kind: 'left' | 'since'
  /** How much of the step is left, 0 to 1; null where nothing runs down. */
  share: number | null
}

/** The clock of a call. Instants in milliseconds of the server's clock. */
export function callTime(item: LiveCall, pace: LadderPace | null, now: number): CallTime {
  if (item.dueAt === null)
    return { seconds: Math.max(0, Math.floor((now - item.placedAt) / 1_000)), kind: 'since', share: null }
  const leftMs = Math.max(0, item.dueAt - now)
  const wholeMs = item.state === 'dispatcher' ? pace?.dispatcherMs : pace?.ringMs
  return {
    seconds: Math.ceil(leftMs / 1_000),
    kind: 'left',
    share: wholeMs ? Math.min(1, leftMs / wholeMs) : null,
  }
}
