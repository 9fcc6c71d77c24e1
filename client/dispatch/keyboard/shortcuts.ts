/** Which key does what. Pure, so that help sheet, palette and key handling can never disagree. */
import type { ActionId } from './actions.ts'

export interface Shortcut {
  /** `KeyboardEvent.key` values, letters in lower case. */
  keys: readonly string[]
  /** As it is written for people. */
  label: string
  /** With Ctrl or ⌘; such keys work while typing too. */
  withControl?: boolean
  /** Stays when single-key shortcuts are off (WCAG 2.1.4): it is no character. */
  isAlwaysOn?: boolean
}

export const shortcuts: Partial<Record<ActionId, Shortcut>> = {
  openPalette: { keys: ['k'], label: 'Ctrl K · ⌘ K', withControl: true, isAlwaysOn: true },
  nextPane: { keys: ['F6'], label: 'F6', isAlwaysOn: true },
  closeCard: { keys: ['Escape'], label: 'Esc', isAlwaysOn: true },
  showHelp: { keys: ['?', '？'], label: '?' },
  nextCall: { keys: ['c'], label: 'C' },
  takeCall: { keys: ['o'], label: 'O' },
  assignBest: { keys: ['b'], label: 'B' },
  finishCall: { keys: ['e'], label: 'E' },
  cancelCall: { keys: ['x'], label: 'X' },
  callFor: { keys: ['d'], label: 'D' },
  silenceCalls: { keys: ['s'], label: 'S' },
  reportCase: { keys: ['n'], label: 'N' },
  nearestPeople: { keys: ['p'], label: 'P' },
  followMember: { keys: ['g'], label: 'G' },
  seeTrack: { keys: ['r'], label: 'R' },
  toggleHeat: { keys: ['h'], label: 'H' },
  toggleLayers: { keys: ['l'], label: 'L' },
  fitDistrict: { keys: ['f'], label: 'F' },
  zoomIn: { keys: ['+', '='], label: '+' },
  zoomOut: { keys: ['-'], label: '−' },
  showAll: { keys: ['1'], label: '1' },
  showOverdue: { keys: ['2'], label: '2' },
  showNearLimit: { keys: ['3'], label: '3' },
  showAwaitingDispatch: { keys: ['4'], label: '4' },
  nextCase: { keys: ['j'], label: 'J' },
  previousCase: { keys: ['k'], label: 'K' },
  focusQueue: { keys: ['q'], label: 'Q' },
  focusMap: { keys: ['m'], label: 'M' },
  toggleTheme: { keys: ['t'], label: 'T' },
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>

/** What a key press asks for, or null. `isTyping`: the focus is where characters belong. */
export function actionFor(press: KeyPress, context: { isTyping: boolean; areSingleKeysOn: boolean }): ActionId | null {
  // An input method is using the keys to write.
  if (press.isComposing || press.altKey) return null
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  const isControl = press.ctrlKey || press.metaKey
  for (const [action, shortcut] of Object.entries(shortcuts) as [ActionId, Shortcut][]) {
    if (!shortcut.keys.includes(key) || isControl !== Boolean(shortcut.withControl)) continue
    if (!shortcut.isAlwaysOn && !context.areSingleKeysOn) continue
    if (context.isTyping && !shortcut.withControl && key !== 'F6') continue
    return action
  }
  return null
}
