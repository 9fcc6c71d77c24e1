/** Who is on duty and who was, in memory: what the funnel asks for every fix. */
import { LONGEST_DUTY_MS } from '#contract/duty'

export interface Stretch {
  startedAt: number
  /** null while it lasts. */
  endedAt: number | null
}

/** A late fix is never older than a day, so neither is what is remembered. */
const REMEMBERED_MS = 86_400_000 + LONGEST_DUTY_MS

export class DutyBook {
  readonly #stretches = new Map<string, Stretch[]>()

  start(memberId: string, startedAt: number): void {
    const known = this.#stretches.get(memberId) ?? []
    if (known.at(-1)?.endedAt === null) return
    this.#stretches.set(memberId, [
      ...known.filter((stretch) => isFresh(stretch, startedAt)),
      { startedAt, endedAt: null },
    ])
  }

  end(memberId: string, endedAt: number): void {
    const last = this.#stretches.get(memberId)?.at(-1)
    if (last && last.endedAt === null) last.endedAt = endedAt
  }

  /** Forgets everything, before it is read anew. */
  clear(): void {
    this.#stretches.clear()
  }

  /** Puts in a stretch read from the database; call in order of time. */
  restore(memberId: string, stretch: Stretch): void {
    this.#stretches.set(memberId, [...(this.#stretches.get(memberId) ?? []), stretch])
  }

  isOn(memberId: string): boolean {
    return this.#stretches.get(memberId)?.at(-1)?.endedAt === null
  }

  wasOnAt(memberId: string, instant: number): boolean {
    const stretches = this.#stretches.get(memberId)
    if (!stretches) return false
    return stretches.some(({ startedAt, endedAt }) => instant >= startedAt && (endedAt === null || instant <= endedAt))
  }

  /** When the present duty began, or null. */
  since(memberId: string): number | null {
    const last = this.#stretches.get(memberId)?.at(-1)
    return last && last.endedAt === null ? last.startedAt : null
  }

  *onDuty(): Iterable<string> {
    for (const [memberId, stretches] of this.#stretches) if (stretches.at(-1)?.endedAt === null) yield memberId
  }
}

const isFresh = ({ endedAt }: Stretch, now: number) => endedAt === null || now - endedAt < REMEMBERED_MS
