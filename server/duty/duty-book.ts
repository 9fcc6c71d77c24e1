/** Who is on duty and who was, in memory: what the funnel asks for every fix. */
import { LONGEST_DUTY_MS } from '#contract/duty'

export interface Stretch {
  startedAt: number
  /** null while it lasts. */
  endedAt: number | null
}

/** A late fix is never older than a day, so neither is what is remembered. */
const REMEMBERED_MS = 86_400_000 + LONGEST_DUTY_MS

/** One member's stretches, in order of time; the last may still last. */
class MemberDuty {
  #stretches: Stretch[] = []

  /** When the present duty began, or null. */
  get since(): number | null {
    const last = this.#stretches.at(-1)
    return last !== undefined && last.endedAt === null ? last.startedAt : null
  }

  wasOnAt(instant: number): boolean {
    for (const { startedAt, endedAt } of this.#stretches)
      if (instant >= startedAt && (endedAt === null || instant <= endedAt)) return true
    return false
  }

  start(startedAt: number): void {
    if (this.since !== null) return
    this.#stretches = this.#stretches.filter((stretch) => isFresh(stretch, startedAt))
    this.add({ startedAt, endedAt: null })
  }

  end(endedAt: number): void {
    const last = this.#stretches.at(-1)
    if (last && last.endedAt === null) last.endedAt = endedAt
  }

  add(stretch: Stretch): void {
    this.#stretches.push(stretch)
  }
}

/** What may be asked of a member's duty. */
export type DutyRecord = Pick<MemberDuty, 'since' | 'wasOnAt'>

/** Of someone who has never been on duty. */
export const NEVER_ON: DutyRecord = new MemberDuty()

export class DutyBook {
  readonly #duties = new Map<string, MemberDuty>()

  start(memberId: string, startedAt: number): void {
    this.#of(memberId).start(startedAt)
  }

  end(memberId: string, endedAt: number): void {
    this.#duties.get(memberId)?.end(endedAt)
  }

  /** Forgets everything, before it is read anew. */
  clear(): void {
    this.#duties.clear()
  }

  /** Puts in a stretch read from the database; call in order of time. */
  restore(memberId: string, stretch: Stretch): void {
    this.#of(memberId).add(stretch)
  }

  /** The record of someone who has been on duty, and which goes on being his; null of anybody else. */
  recordOf(memberId: string): DutyRecord | null {
    return this.#duties.get(memberId) ?? null
  }

  /** One member's duty, past and present. */
  dutyOf(memberId: string): DutyRecord {
    return this.#duties.get(memberId) ?? NEVER_ON
  }

  isOn(memberId: string): boolean {
    return this.since(memberId) !== null
  }

  /** When the present duty began, or null. */
  since(memberId: string): number | null {
    return this.dutyOf(memberId).since
  }

  *onDuty(): Iterable<string> {
    for (const [memberId, { since }] of this.#duties) if (since !== null) yield memberId
  }

  #of(memberId: string): MemberDuty {
    const known = this.#duties.get(memberId)
    if (known) return known
    const duty = new MemberDuty()
    this.#duties.set(memberId, duty)
    return duty
  }
}

const isFresh = ({ endedAt }: Stretch, now: number) => endedAt === null || now - endedAt < REMEMBERED_MS
