/** Fault F10: a screen that missed facts, with the client's own bookkeeping over a real socket. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFacts } from '../../client/live/facts.ts'
import { type Fact, RESUME_CAP } from '../../contract/facts.ts'
import { insertStreet, middleOf, type StreetIds } from '../support/builders.ts'
import { startTestServer, type TestClient, type TestServer, type TestSocket } from '../support/server.ts'

let server: TestServer
let street: StreetIds
beforeAll(async () => {
  server = await startTestServer({})
  street = await insertStreet(server.test.db)
})
afterAll(() => server.stop())

const report = {
  title: '道路积水',
  text: null,
  categoryKey: null,
  priority: 'normal',
  source: 'patrol',
  position: middleOf(0, 0),
  address: null,
  reporterName: null,
  reporterPhone: null,
}

/** The client's own bookkeeping over a real socket, holding the open cases as the console does. */
async function openScreen(viewer: TestClient) {
  const cases = new Map<string, string>()
  const applied: number[] = []
  const count = { afresh: 0 }
  let socket: TestSocket | null = null
  const facts = createFacts({
    async ask(after) {
      if (!socket) throw new Error('away')
      const answer = await socket.timeout(5_000).emitWithAck('facts:resume', { after })
      if (!answer.ok) throw new Error(answer.code)
      return answer.value
    },
    apply(fact: Fact) {
      applied.push(fact.seq)
      if (fact.kind !== 'case') return
      if (fact.record) cases.set(fact.id, fact.record.stage)
      else cases.delete(fact.id)
    },
    async startAfresh() {
      count.afresh++
      const { body } = await viewer.call('cases.open')
      cases.clear()
      for (const { id, stage } of body.cases) cases.set(id, stage)
    },
    onFailure: () => {},
  })
  return {
    cases,
    applied,
    count,
    facts,
    async connect() {
      socket = await viewer.connect()
      socket.on('fact', facts.receive)
      await facts.resume()
    },
    cut() {
      socket?.disconnect()
      socket = null
    },
  }
}
const truth = async (viewer: TestClient) => {
  const { body } = await viewer.call('cases.open')
  return new Map<string, string>(body.cases.map(({ id, stage }: { id: string; stage: string }) => [id, stage]))
}
/** More than half an hour of a busy street: beyond what a screen may resume from. */
const floodFacts = async () => {
  await server.test.db.query(
    `WITH taken AS (UPDATE fact_counter SET seq = seq + $1 RETURNING seq - $1 AS before)
     INSERT INTO facts (seq, kind, subject_id, area_path)
     SELECT taken.before + n, 'case', (SELECT id FROM cases ORDER BY id LIMIT 1), (SELECT path FROM areas WHERE id = $2)
     FROM taken, generate_series(1, $1::int) n`,
    [2 * RESUME_CAP, street.street],
  )
  // Until the server has looked at them all.
  await new Promise((resolve) => setTimeout(resolve, 2_500))
}

it('ends equal to the server, nothing applied twice, when it was cut at random, frozen, or away beyond what is kept', async () => {
  const viewer = await server.signInAs('dispatcher', { scope: [street.street] })
  const screen = await openScreen(viewer)
  await screen.connect()
  expect(screen.count.afresh).toBe(1)
  let seed = 7
  const random = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
    return (seed >>> 8) % below
  }
  const happen = () => viewer.call('cases.report', { body: report })
  for (let round = 0; round < 20; round++) {
    for (let some = random(4); some > 0; some--) await happen()
    screen.cut()
    for (let some = random(4); some > 0; some--) await happen()
    if (round % 8 === 5) {
      // What was missed is no longer kept: the screen must start afresh, and knows it.
      await floodFacts()
      const before = screen.count.afresh
      await screen.connect()
      expect(screen.count.afresh).toBe(before + 1)
    } else await screen.connect()
  }
  await expect
    .poll(async () => [...screen.cases].sort(), { timeout: 10_000 })
    .toEqual([...(await truth(viewer))].sort())
  expect(new Set(screen.applied).size).toBe(screen.applied.length)
  expect(screen.cases.size).toBeGreaterThan(20)
})
