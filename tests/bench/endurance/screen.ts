/** A screen as the project's own client makes it, without the drawing: its socket, its way back, its facts. */
import { createHash } from 'node:crypto'
import { io } from 'socket.io-client'
import { type LiveSocket, liveOptions } from '../../../client/live/connect.ts'
import { createFacts } from '../../../client/live/facts.ts'
import { keepConnected } from '../../../client/live/keep-connected.ts'
import type { Fact, FactKind } from '../../../contract/facts.ts'
import type { Bounds } from '../../../contract/geo.ts'
import { type Frame, readFrame } from '../../../contract/position-frame.ts'

const RESUME_WITHIN_MS = 8_000
const LIST_WITHIN_MS = 60_000
const LISTS: Record<FactKind, string> = {
  case: '/api/cases/open',
  servicePoint: '/api/service-points',
  duty: '/api/duty',
  call: '/api/calls',
}

export type Records = Map<string, unknown>

export interface ScreenOptions {
  origin: string
  cookie: string
  /** Default: lists are read when too much was missed. Without them only the number counts. */
  readsLists?: boolean
  view?: { bounds: Bounds; zoom: number }
  onFrame?: (frame: Frame) => void
  /** Stays away this long after each cut, in milliseconds; null: comes back as the client does by itself. */
  awayMs?: () => number | null
}

export interface Screen {
  socket: LiveSocket
  records: Records
  /** Facts that were applied although they, or newer ones of the same record, had been before. */
  doubled(): number
  /** Milliseconds from each successful try to connect until everything missed was applied. */
  catchUps: number[]
  /** How often too much had been missed. */
  afresh(): number
  isInStep(): boolean
  open(): void
  /** The connection breaks, as in a lift. */
  cut(): void
  close(): void
}

export function createScreen(options: ScreenOptions): Screen {
  const { origin, cookie, readsLists = true, view, onFrame, awayMs } = options
  const socket: LiveSocket = io(origin, { ...liveOptions, forceNew: true, extraHeaders: { origin, cookie } })
  const records: Records = new Map()
  const newest = new Map<string, number>()
  const catchUps: number[] = []
  let doubled = 0
  let afresh = 0
  let isInStep = false
  let triedAt = performance.now()

  const facts = createFacts({
    async ask(after) {
      const answer = await socket.timeout(RESUME_WITHIN_MS).emitWithAck('facts:resume', { after })
      if (!answer.ok) throw new Error(answer.code)
      return answer.value
    },
    apply(fact) {
      const key = keyOf(fact)
      if (fact.seq <= (newest.get(key) ?? 0)) doubled++
      newest.set(key, fact.seq)
      if (fact.record === null) records.delete(key)
      else records.set(key, fact.record)
    },
    async startAfresh() {
      afresh++
      if (!readsLists) return
      const lists = await readLists(origin, cookie)
      records.clear()
      for (const [key, record] of lists) records.set(key, record)
    },
    onFailure() {
      // The link may be up and only this one question lost: ask again, as the heartbeat does.
      hasFailed = true
    },
  })
  let hasFailed = false

  async function comeIn(): Promise<void> {
    const since = triedAt
    hasFailed = false
    await facts.resume()
    // The page asks for the versions of everything else before it calls itself in step.
    if (readsLists && !hasFailed)
      await read(origin, cookie, '/api/district').catch(() => {
        hasFailed = true
      })
    if (hasFailed) {
      if (socket.connected) setTimeout(() => void comeIn(), 1_000)
      return
    }
    isInStep = true
    catchUps.push(performance.now() - since)
  }

  const link = keepConnected(socket, {
    onConnect() {
      if (view) socket.emit('positions:view', view, () => {})
      void comeIn()
    },
    onLost() {
      isInStep = false
    },
    onNotSignedIn() {
      throw new Error('A screen of the bench is not signed in.')
    },
  })
  socket.io.on('reconnect_attempt', () => {
    triedAt = performance.now()
  })
  socket.on('fact', facts.receive)
  if (onFrame) socket.on('positions:frame', (data) => onFrame(readFrame(data)))

  function open(): void {
    triedAt = performance.now()
    link.open()
  }

  return {
    socket,
    records,
    doubled: () => doubled,
    catchUps,
    afresh: () => afresh,
    isInStep: () => isInStep,
    open,
    cut() {
      const away = awayMs?.() ?? null
      if (away !== null) {
        link.close()
        isInStep = false
        setTimeout(open, away)
        return
      }
      const { transport } = socket.io.engine as unknown as { transport: { ws?: { terminate(): void } } }
      transport.ws?.terminate()
    },
    close: link.close,
  }
}

export const keyOf = ({ kind, id }: Pick<Fact, 'kind' | 'id'>) => `${kind}/${id}`

/** Everything a viewer's lists hold, as the facts about it would leave it. */
export async function readLists(origin: string, cookie: string): Promise<Records> {
  const records: Records = new Map()
  const put = (kind: FactKind, id: string, record: unknown) => records.set(keyOf({ kind, id }), record)
  const [cases, points, duties] = await Promise.all([
    read<{ cases: { id: string }[] }>(origin, cookie, LISTS.case),
    read<{ id: string }[]>(origin, cookie, LISTS.servicePoint),
    read<{ memberId: string }[]>(origin, cookie, LISTS.duty),
  ])
  for (const item of cases.cases) put('case', item.id, item)
  for (const point of points) put('servicePoint', point.id, point)
  for (const person of duties) put('duty', person.memberId, person)
  return records
}

async function read<Answer>(origin: string, cookie: string, path: string): Promise<Answer> {
  const answer = await fetch(`${origin}${path}`, { headers: { cookie }, signal: AbortSignal.timeout(LIST_WITHIN_MS) })
  if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}.`)
  return (await answer.json()) as Answer
}

/** A record as text, whatever the order of its fields. */
export const textOf = (record: unknown): string =>
  JSON.stringify(record, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

export function hashOf(records: Records): string {
  const hash = createHash('sha256')
  for (const key of [...records.keys()].sort()) hash.update(`${key}=${textOf(records.get(key))}\n`)
  return hash.digest('hex')
}
