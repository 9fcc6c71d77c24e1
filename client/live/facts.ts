/** Applies facts in order and without a gap: a missed one is noticed by its number and asked for. */
import type { Fact, ResumeAnswer, ToldFact } from '#contract/facts'

export interface FactsParts {
  /** Asks the server for all facts after a number; null = only to be told from now on. Rejects when it does not answer. */
  ask(after: number | null): Promise<ResumeAnswer>
  apply(fact: Fact): void
  /** Reads every list anew: too much was missed, or nothing was known. Rejects when that failed. */
  startAfresh(): Promise<void>
  onFailure(error: unknown): void
}

export interface Facts {
  /** A fact arrived. */
  receive(told: ToldFact): void
  /** The connection is (back) up: ask for what was missed. */
  resume(): Promise<void>
  /** Reads a list: what arrives meanwhile may be newer than it is, so it is applied after it. */
  hold(read: () => Promise<void>): Promise<void>
  /** What is held counts for nothing any more. */
  forget(): void
}

export function createFacts({ ask, apply, startAfresh, onFailure }: FactsParts): Facts {
  /** The number everything up to which has been applied; null = nothing is known. */
  let seq: number | null = null
  let running: Promise<void> | null = null
  /** What arrives while lists are read is newer than they are, so it waits for them. */
  let waiting: ToldFact[] = []
  let readings = 0
  /** Grows when what is held is forgotten: an answer asked for before that says nothing any more. */
  let age = 0

  function take({ previousSeq, fact }: ToldFact): void {
    if (seq === null || fact.seq <= seq) return
    if (previousSeq > seq) {
      void resume()
      return
    }
    apply(fact)
    seq = fact.seq
  }

  async function catchUp(): Promise<void> {
    const ofAge = age
    const answer = await ask(seq)
    if (ofAge !== age) return catchUp()
    if (answer.facts === null) {
      await startAfresh()
    } else for (const fact of answer.facts) apply(fact)
    if (ofAge !== age) return catchUp()
    seq = answer.seq
  }

  async function run(): Promise<void> {
    try {
      await catchUp()
    } catch (error) {
      // Nothing was lost: the number still says from where to ask again.
      onFailure(error)
    } finally {
      running = null
      release()
    }
  }

  function release(): void {
    if (running || readings > 0) return
    const held = waiting
    waiting = []
    for (const told of held) take(told)
  }

  function resume(): Promise<void> {
    running ??= run()
    return running
  }

  return {
    receive(told) {
      if (running || readings > 0) waiting.push(told)
      else take(told)
    },
    resume,
    async hold(read) {
      readings++
      try {
        await read()
      } finally {
        readings--
        release()
      }
    },
    forget() {
      seq = null
      age++
    },
  }
}
