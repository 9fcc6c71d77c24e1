/** Calls made or followed on this phone: enough to go on after a reload, a closed page or a lost line. */
import { isEnded } from '#contract/call-ladder'
import type { CallerView, CallPlace } from '#contract/calls'
import { recall, remember } from './remembered.ts'

export interface KeptCall {
  secret: string
  /** What is sent until it is answered, always under the same secret; gone once it was. */
  press: CallPlace | null
  /** Taken back before it was answered. */
  isGivenUp?: boolean
  /** By this phone's clock; null for a call that was followed from a link. */
  pressedAt: number | null
  /** Where the help is to come; null when this phone does not know. */
  place: { title: string | null; position: CallPlace['position'] } | null
  /** The last answer. */
  view: CallerView | null
  /** notSent: never reached the server, and too old to be sent now · unknown: the server has no such call. */
  fault: 'notSent' | 'unknown' | 'refused' | 'tooFar' | null
}

const KEPT = 5
/** A press that was not answered for so long is not sent any more: whoever pressed has found another way by then. */
export const PRESS_LIVES_MS = 120_000

export const recallCalls = () => recall<KeptCall[]>('calls') ?? []

/** The list with this call first, as it is then kept. */
export function keepCall(calls: readonly KeptCall[], kept: KeptCall): readonly KeptCall[] {
  const next = [kept, ...calls.filter(({ secret }) => secret !== kept.secret)].slice(0, KEPT)
  remember('calls', next)
  return next
}

/** Still to be answered, or alive on the server. */
export const isOpen = ({ press, isGivenUp, view, fault }: KeptCall) =>
  fault === null && (view === null ? press !== null && !isGivenUp : !isEnded(view.state))

/** Limits are counted by it; made once; a phone that keeps nothing makes a new one each time. */
export function ownDeviceId(): string {
  const known = recall<string>('device')
  if (known !== null) return known
  const made = newUuid()
  remember('device', made)
  return made
}

/** Version 4; crypto.randomUUID is not there on pages without TLS. */
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
