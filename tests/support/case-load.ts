/** Writers that report cases over HTTP and retry under the same key until they are acknowledged, and the count afterwards. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { CaseReport } from '../../contract/cases.ts'
import type { Database, Queryable } from '../../server/database/connect.ts'

const ANSWER_WITHIN_MS = 8_000
const RETRY_AFTER_MS = 100

export interface CaseLoad {
  /** Title → code of every case that was acknowledged. */
  acknowledged: Map<string, string>
  /** Answers that were neither an acknowledgement nor a reason to retry. */
  refused: string[]
  /** Tries that failed and were repeated. */
  retries: number
  /** Stops writing; what is under way is retried until it is acknowledged. */
  finish(): Promise<void>
}

/** One writer a cookie. `pauseMs` keeps each below the rate limit of a session. */
export function startCaseLoad(origin: string, cookies: readonly string[], pauseMs: number): CaseLoad {
  let isWriting = true
  const load: CaseLoad = {
    acknowledged: new Map(),
    refused: [],
    retries: 0,
    async finish() {
      isWriting = false
      await writers
    },
  }
  const writers = Promise.all(
    cookies.map(async (cookie) => {
      while (isWriting) {
        await reportOne(origin, cookie, load)
        await pause(pauseMs)
      }
    }),
  )
  return load
}

async function reportOne(origin: string, cookie: string, load: CaseLoad): Promise<void> {
  const key = randomUUID()
  const title = `重复上报试验 ${key}`
  const report: CaseReport = {
    title,
    text: null,
    categoryKey: null,
    priority: 'normal',
    source: 'patrol',
    position: null,
    address: null,
    reporterName: null,
    reporterPhone: null,
  }
  const headers = { origin, cookie, 'content-type': 'application/json', 'idempotency-key': key }
  for (;;) {
    const answer = await fetch(`${origin}/api/cases`, {
      method: 'POST',
      headers,
      body: JSON.stringify(report),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).catch(() => null)
    if (answer?.status === 200) {
      // Cut off in the middle of the answer: not acknowledged yet.
      const body = (await answer.json().catch(() => null)) as { code: string } | null
      if (body) {
        load.acknowledged.set(title, body.code)
        return
      }
    } else if (answer && answer.status < 500 && answer.status !== 429) {
      load.refused.push(`${answer.status} ${await answer.text()}`)
      return
    }
    load.retries += 1
    await pause(RETRY_AFTER_MS)
  }
}

export interface CaseCount {
  acknowledged: number
  /** Acknowledged, but not found: by index, and by scanning the whole table. */
  lostByIndex: number
  lostByScan: number
  /** Titles that are there twice, acknowledged or not. */
  doubled: number
  /** Rows by index after REINDEX less rows by scan. */
  indexDifference: number
}

/** Reads everything back, once through the index on the code and once past every index. */
export async function countCases(db: Database, load: Pick<CaseLoad, 'acknowledged'>): Promise<CaseCount> {
  const codes = [...load.acknowledged.values()]
  const byIndex = await inPlan(db, 'seqscan', (tx) =>
    tx.query<{ code: string }>('SELECT code FROM cases WHERE code = ANY ($1)', [codes]),
  )
  const byScan = await inPlan(db, 'indexscan', (tx) =>
    tx.query<{ title: string; code: string }>('SELECT title, code FROM cases'),
  )
  await db.query('REINDEX TABLE cases')
  const [reindexed] = await inPlan(db, 'seqscan', (tx) =>
    tx.query<{ count: number }>(`SELECT count(*) FROM cases WHERE code >= ''`),
  )
  const foundByIndex = new Set(byIndex.map(({ code }) => code))
  const codeByTitle = new Map(byScan.map(({ title, code }) => [title, code]))
  return {
    acknowledged: codes.length,
    lostByIndex: codes.filter((code) => !foundByIndex.has(code)).length,
    lostByScan: [...load.acknowledged].filter(([title, code]) => codeByTitle.get(title) !== code).length,
    doubled: byScan.length - codeByTitle.size,
    indexDifference: (reindexed?.count ?? 0) - byScan.length,
  }
}

/** Runs a query that may not use the named way of reading. */
function inPlan<Row>(db: Database, without: 'seqscan' | 'indexscan', read: (tx: Queryable) => Promise<Row[]>) {
  return db.transaction(async (tx) => {
    const forbidden = without === 'seqscan' ? ['seqscan'] : ['indexscan', 'indexonlyscan', 'bitmapscan']
    for (const way of forbidden) await tx.query(`SET LOCAL enable_${way} = off`)
    return read(tx)
  })
}
