/** The way from an empty map to a loaded street: its steps in order, and how far an installation is. */

import type { District } from '#contract/district'
import type { LoadKind } from '#contract/loads'

export const stepKeys = ['areas', 'base', 'people', 'points', 'cases', 'accounts'] as const
export type StepKey = (typeof stepKeys)[number]

/** What a step's files hold; a step without kinds is done elsewhere. */
export const stepKinds: Readonly<Record<StepKey, readonly LoadKind[]>> = {
  areas: ['areas'],
  base: ['base', 'buildings'],
  people: ['members', 'teams'],
  points: ['servicePoints'],
  cases: ['departments', 'cases'],
  accounts: [],
}

export interface StepState {
  key: StepKey
  /** How many are there already; 0 also for a base map that is loaded without buildings. */
  count: number
  isDone: boolean
  /** Grids come first: everything else is attributed to them. */
  isReady: boolean
}

/**
 * `accounts` counts those besides the one that is signed in. The base map has no count of its own; its version rises
 * from 0 when something is loaded.
 */
export function stepStates(district: Pick<District, 'counts' | 'versions'>, accounts: number): StepState[] {
  const { counts, versions } = district
  const count: Record<StepKey, number> = {
    areas: counts.areas,
    base: counts.buildings,
    people: counts.members,
    points: counts.servicePoints,
    cases: counts.openCases,
    accounts,
  }
  const isDone: Partial<Record<StepKey, boolean>> = { base: counts.buildings > 0 || versions.base > 1 }
  return stepKeys.map((key) => ({
    key,
    count: count[key],
    isDone: isDone[key] ?? count[key] > 0,
    isReady: key === 'areas' || counts.areas > 0,
  }))
}

/** The step a newcomer should do next; null when all are done. */
export const nextStep = (states: readonly StepState[]): StepKey | null =>
  states.find(({ isDone }) => !isDone)?.key ?? null
