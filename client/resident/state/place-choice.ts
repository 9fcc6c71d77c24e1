/** Which place the page is about: the scanned code's, or one chosen on this phone. */
import type { ResidentHome } from '#contract/resident'
import { recall, remember } from './remembered.ts'

/** As `resident.home` is asked; empty = not said yet. */
export interface PlaceChoice {
  code?: string
  buildingId?: string
  gridId?: string
  longitude?: string
  latitude?: string
}

/** The code in the address a QR leads to: "/g/<code>". */
export function scannedCode(path: string): string | null {
  const [, code] = /^\/g\/([^/]{1,40})\/?$/.exec(path) ?? []
  if (code === undefined) return null
  try {
    return decodeURIComponent(code)
  } catch {
    return code
  }
}

/** A fresh scan wins over what was remembered. */
export function firstChoice(path: string): PlaceChoice {
  const code = scannedCode(path)
  return code === null ? (recall<PlaceChoice>('place') ?? {}) : { code }
}

export const rememberChoice = (choice: PlaceChoice) => remember('place', choice)

/** The last answer for a choice, for when there is no network. */
export interface SavedHome {
  choice: PlaceChoice
  home: ResidentHome
}
export const sameChoice = (a: PlaceChoice, b: PlaceChoice) => JSON.stringify(a) === JSON.stringify(b)

/** The answer saved last, if it is about this place. */
export function savedHome(choice: PlaceChoice): ResidentHome | null {
  const saved = recall<SavedHome>('home')
  return saved && sameChoice(saved.choice, choice) ? saved.home : null
}
export const saveHome = (choice: PlaceChoice, home: ResidentHome) => remember('home', { choice, home })
