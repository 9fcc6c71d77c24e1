import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Fact, ToldFact } from '#contract/facts'
import { createFacts } from '../../../client/live/facts.ts'

const factOf = (seq: number): Fact => ({
  seq,
  at: seq,
  kind: 'case',
  id: `c${seq % 7}`,
  record: { code: String(seq) } as never,
})

/** A server that numbers facts, tells them over a link that loses some, and keeps the last few. */
function world(kept: number) {
  const all: Fact[] = []
  const server = new Map<string, number>()
  const screen = new Map<string, number>()
  const log: number[] = []
  const state = { told: 0, afresh: 0, isDown: false, isFrozen: false }
  /** Told while the tab was frozen. */
  const late: ToldFact[] = []
  const facts = createFacts({
    async ask(after) {
      if (state.isDown) throw new Error('down')
      const newest = all.length
      state.told = newest
      if (after === null || newest - after > kept) return { seq: newest, facts: null }
      return { seq: newest, facts: all.slice(after) }
    },
    apply(fact) {
      log.push(fact.seq)
      screen.set(fact.id, fact.seq)
    },
    async startAfresh() {
      state.afresh++
      screen.clear()
      for (const [id, seq] of server) screen.set(id, seq)
    },
    onFailure: () => {},
  })
  /** Something happens; `isLost` keeps it from this screen. */
  function happen(isLost: boolean): void {
    const fact = factOf(all.length + 1)
    all.push(fact)
    server.set(fact.id, fact.seq)
    const told: ToldFact = { previousSeq: state.told, fact }
    state.told = fact.seq
    if (isLost) return
    if (state.isFrozen) late.push(told)
    else facts.receive(told)
  }

  return {
    facts,
    state,
    screen,
    server,
    log,
    happen,
    /** The tab runs again: what came meanwhile arrives at once, perhaps after a resume. */
    thaw(): void {
      state.isFrozen = false
      for (const told of late.splice(0)) facts.receive(told)
    },
    /** Longer away than facts are kept. */
    expire(): void {
      for (let more = 0; more <= kept; more++) happen(true)
    },
  }
}

it('F10 ends equal to the server after any loss, freeze or absence, with nothing applied twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('told', 'lost', 'resume', 'tick', 'down', 'up', 'freeze', 'thaw', 'expire'), {
        maxLength: 120,
      }),
      async (steps) => {
        const { facts, state, screen, server, log, happen, thaw, expire } = world(8)
        await facts.resume()
        for (const step of steps) {
          if (step === 'told' || step === 'lost') happen(step === 'lost')
          else if (step === 'resume') void facts.resume()
          else if (step === 'tick') await Promise.resolve()
          else if (step === 'freeze') state.isFrozen = true
          else if (step === 'thaw') thaw()
          else if (step === 'expire') expire()
          else state.isDown = step === 'down'
        }
        state.isDown = false
        thaw()
        await new Promise((resolve) => setTimeout(resolve))
        await facts.resume()
        await facts.resume()
        expect(screen).toEqual(server)
        expect(new Set(log).size).toBe(log.length)
      },
    ),
    { numRuns: 300 },
  )
})

it('starts afresh when it knows nothing, and asks only for the rest after that', async () => {
  const { facts, state, happen, log } = world(100)
  happen(true)
  await facts.resume()
  happen(true)
  happen(false)
  await facts.resume()
  expect(state.afresh).toBe(1)
  expect(log).toEqual([2, 3])
})
