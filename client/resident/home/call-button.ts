/** What the large button does and says. It never is without a way on. */
import { isHandled } from '#contract/call-ladder'
import { isOpen, type KeptCall } from '../state/kept-calls.ts'

/**
 * call: places a call · locate: asks the phone where it is, and calls · sending and locating: wait a moment ·
 * back: to the open call · coming: to it, somebody comes · queued: above a limit, the duty desk rings back ·
 * desk: the duty desk has it · telephone: rings the duty desk.
 */
export const callButtons = [
  'call',
  'locate',
  'locating',
  'sending',
  'back',
  'coming',
  'queued',
  'desk',
  'telephone',
] as const
export type CallButton = (typeof callButtons)[number]

export function callButtonOf(known: {
  open: KeptCall | null
  isLocating: boolean
  isOffline: boolean
  /** The page knows where help is to come. */
  hasPlace: boolean
  /** Nothing is known of the district yet, so no one can be called in it. */
  isEmpty: boolean
}): CallButton {
  const { open, isLocating, isOffline, hasPlace, isEmpty } = known
  if (open && isOpen(open)) {
    if (!open.view) return isOffline ? 'back' : 'sending'
    const { state, queuedBecause } = open.view
    if (isHandled(state)) return 'coming'
    if (state === 'searching' || state === 'ringing') return 'back'
    return queuedBecause === 'overLimit' ? 'queued' : 'desk'
  }
  if (isOffline || isEmpty) return 'telephone'
  if (isLocating) return 'locating'
  return hasPlace ? 'call' : 'locate'
}
