/** What a bench suite is, and how its figures are recorded. */

export interface Measurement {
  suite: string
  id: string
  /** null: it could not be measured here; `peer`, `missing` or the note says why. */
  value: number | null
  unit: string
  /** What it is compared with in the same run, or null. */
  peer: string | null
  /** The peer's own figure, in the same unit. */
  peerValue?: number
  /** Ours over the peer's. */
  ratio: number | null
  /** "≤ 45", "≥ 20", or null for a figure that is only shown. What is held against it is the ratio if there is one. */
  goal: string | null
  /** null: no goal, or nothing measured to hold against it. */
  met: boolean | null
  /** Over the rounds, of what is held against the goal; `value` and `ratio` are medians then. */
  spread?: Spread
  /** Why a figure with a goal could not be measured; such a goal counts as missed. */
  missing?: string
}

export interface Spread {
  min: number
  max: number
  rounds: number
}

export interface Figure {
  id: string
  value: number | null
  unit: string
  peer?: string
  peerValue?: number
  ratio?: number
  goal?: { atMost: number } | { atLeast: number }
  spread?: Spread
  missing?: string
}

export interface Bench {
  record(figure: Figure): void
  /** A line for whoever watches: what is being done, or why something is not measured. */
  say(line: string): void
  /** Whether any figure whose id begins so is asked for: a suite may leave out what is not. */
  wants(...ids: string[]): boolean
}

/** One file a suite, listed in suites.ts. */
export interface Suite {
  name: string
  run(bench: Bench): Promise<void>
}

export function toMeasurement(suite: string, figure: Figure): Measurement {
  const { id, value, unit, peer, peerValue, ratio, goal, spread, missing } = figure
  const held = ratio ?? value
  const text = goal === undefined ? null : 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`
  const isMet = (figure: number) => goal && ('atMost' in goal ? figure <= goal.atMost : figure >= goal.atLeast)
  return {
    suite,
    id,
    value,
    unit,
    peer: peer ?? null,
    ...(peerValue !== undefined && { peerValue }),
    ratio: ratio ?? null,
    goal: text,
    met: goal === undefined ? null : missing !== undefined ? false : held === null ? null : isMet(held) === true,
    ...(spread && { spread }),
    ...(missing !== undefined && { missing }),
  }
}
