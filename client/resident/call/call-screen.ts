/** Which screen a call is on, and what is said on it: plain rules, without words. */
import { type CallState, isHandled } from '#contract/call-ladder'
import type { CallerView, DistanceBand } from '#contract/calls'
import { estimatedWalkMinutes } from '#contract/resident'
import type { KeptCall } from '../state/kept-calls.ts'

/** coming: somebody accepted · rate: over, and not rated yet · over: nothing more happens. */
export const callScreens = ['waiting', 'coming', 'rate', 'over'] as const
export type CallScreen = (typeof callScreens)[number]

type Known = Pick<KeptCall, 'view' | 'fault' | 'isGivenUp'>

export function screenOf({ view, fault, isGivenUp }: Known): CallScreen {
  if (fault !== null || (view === null && isGivenUp)) return 'over'
  if (view === null) return 'waiting'
  if (isHandled(view.state)) return 'coming'
  if (view.state === 'done') return view.helper ? 'rate' : 'over'
  return view.state === 'rated' || view.state === 'cancelled' ? 'over' : 'waiting'
}

/** How an ended call ended. */
export const endings = [
  'thanks',
  'finished',
  'cancelled',
  'givenUp',
  'notSent',
  'refused',
  'tooFar',
  'unknown',
] as const
export type Ending = (typeof endings)[number]
export function endingOf({ view, fault, isGivenUp }: Known): Ending {
  if (fault !== null) return fault
  if (view === null && isGivenUp) return 'givenUp'
  if (view?.state === 'cancelled') return 'cancelled'
  return view?.state === 'rated' ? 'thanks' : 'finished'
}

/** What a waiting call waits for. lost: nothing was answered yet and the line is dead. */
export const waits = ['sending', 'lost', 'searching', 'ringing', 'dispatcher', 'alarm', 'taken'] as const
export type Wait = (typeof waits)[number]
export function waitOf(view: CallerView | null, isLost: boolean): Wait {
  if (view === null) return isLost ? 'lost' : 'sending'
  return waits.find((wait) => wait === view.state) ?? 'searching'
}

export interface WaitStep {
  /** passed: happened · missed: came to nothing · now · next: if that comes to nothing. */
  tense: 'passed' | 'missed' | 'now' | 'next'
  /** A key of the texts. */
  text: string
  /** Of the member who is meant, from 1. */
  member: number | null
}

const atDesk = (state: CallState) => state === 'dispatcher' || state === 'alarm' || state === 'taken'

/** The steps of a waiting call, in order; always ends with what happens when everything so far fails. */
export function stepsOf(view: CallerView | null): WaitStep[] {
  const step = (tense: WaitStep['tense'], text: string, member: number | null = null): WaitStep => ({
    tense,
    text,
    member,
  })
  if (view === null) return [step('now', 'sending'), step('next', 'search'), step('next', 'desk')]
  const { state, hop, queuedBecause } = view
  if (atDesk(state)) {
    const tells = { dispatcher: 'deskNow', alarm: 'alarm', taken: 'taken' }[state as 'dispatcher' | 'alarm' | 'taken']
    return [
      step('passed', 'received'),
      step('missed', queuedBecause ?? 'allAsked', queuedBecause === 'allAsked' ? hop : null),
      step('now', tells),
      step('next', 'told'),
    ]
  }
  const asked = state === 'ringing' ? hop - 1 : hop
  return [
    step('passed', 'received'),
    ...Array.from({ length: Math.max(0, asked) }, (_, at) => step('missed', 'noAnswer', at + 1)),
    state === 'ringing' ? step('now', 'ringing', hop) : step('now', hop === 0 ? 'best' : 'nextBest'),
    step('next', hop === 0 ? 'thenRings' : 'another', hop + 1),
    step('next', 'desk'),
  ]
}

/** A ring that nobody stops lasts so long: the circle is full at its beginning. */
const RING_SECONDS = 15
/** Whole seconds until the next one is asked, and the part of the circle that is left. */
export function ringLeft(dueAt: number, now: number): { seconds: number; part: number } {
  const left = Math.max(0, (dueAt - now) / 1_000)
  return { seconds: Math.ceil(left), part: Math.min(1, left / RING_SECONDS) }
}

/** The farthest that a band reaches, in metres; null = no end. */
const BAND_REACH: Record<DistanceBand, readonly [number, number | null]> = {
  within500: [0, 500],
  within1000: [500, 1_000],
  within2000: [1_000, 2_000],
  beyond2000: [2_000, null],
}

/** Minutes on foot that a band means: a range, because more is not known. */
export function minutesOfBand(band: DistanceBand): { from: number; to: number | null } {
  const [near, far] = BAND_REACH[band]
  return { from: estimatedWalkMinutes(near), to: far === null ? null : estimatedWalkMinutes(far) }
}

/** How far a coming member has got: 0 accepted, 1 on the way, 2 arrived. */
export const comingStage = (state: CallState) => (state === 'arrived' ? 2 : state === 'onTheWay' ? 1 : 0)

/** "0:52". */
export function waitedFor(since: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - since) / 1_000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
