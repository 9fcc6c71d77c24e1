/** How wide the console's panes are. All lengths in CSS pixels. */
import type { PaneKey } from '../stores/preferences.ts'

/** Below this the card lies over the map as a sheet; below the second, queue and map are tabs. */
export const SHEET_BELOW = 1280
export const TABS_BELOW = 1024
const WIDE_FROM = 1920
const MAP_MIN = 560

export interface PaneLimits {
  min: number
  max: number
  default: number
}

const narrow: Record<PaneKey, number> = { queue: 304, card: 364 }
const wide: Record<PaneKey, number> = { queue: 340, card: 400 }
const smallest: Record<PaneKey, number> = { queue: 240, card: 300 }
const largest: Record<PaneKey, number> = { queue: 520, card: 640 }

/** The least, most and usual width of a pane on a screen, given the other pane's width: the map keeps its share. */
export function paneLimits(pane: PaneKey, screenWidth: number, otherWidth: number): PaneLimits {
  const usual = (screenWidth >= WIDE_FROM ? wide : narrow)[pane]
  const room = screenWidth - otherWidth - MAP_MIN
  const max = Math.max(smallest[pane], Math.min(largest[pane], room))
  return { min: smallest[pane], max, default: Math.min(usual, max) }
}

/** The width to draw a pane with: what was chosen, within its limits. */
export function paneWidth(chosen: number | null, limits: PaneLimits): number {
  return chosen === null ? limits.default : Math.min(limits.max, Math.max(limits.min, chosen))
}
