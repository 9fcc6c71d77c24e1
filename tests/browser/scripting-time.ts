/** How much of a page's main thread its scripts take, told by the browser's own trace. */
import type { Page } from '@playwright/test'

/** What a trace says of one span of work; times in microseconds. */
interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur?: number
  /** Time of the thread's own clock: what the processor worked, and not what it waited for. */
  tdur?: number
  /** The thread's own clock at `ts`. */
  tts?: number
}

/** Everything that runs a page's scripts, promises and the collecting of garbage included. */
const SCRIPTS = new Set([
  'EvaluateScript',
  'EventDispatch',
  'FireAnimationFrame',
  'FireIdleCallback',
  'FunctionCall',
  'MajorGC',
  'MinorGC',
  'RunMicrotasks',
  'TimerFire',
])
/** What the page itself writes into the trace for each large message. */
const MARK = 'large message'

/** Call before the page is opened: marks every message of at least so many bytes on the page's sockets. */
export async function markMessages(page: Page, bytes: number): Promise<void> {
  await page.addInitScript(
    ({ name, least }) => {
      window.WebSocket = class extends WebSocket {
        constructor(...given: ConstructorParameters<typeof WebSocket>) {
          super(...given)
          this.addEventListener('message', ({ data }) => {
            if (data instanceof ArrayBuffer && data.byteLength >= least) performance.mark(name)
          })
        }
      }
    },
    { name: MARK, least: bytes },
  )
}

/** Collects a trace while `during` runs. */
async function trace(page: Page, during: () => Promise<void>): Promise<TraceEvent[]> {
  const browser = page.context().browser()
  if (!browser) throw new Error('The page belongs to no browser.')
  const session = await browser.newBrowserCDPSession()
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['blink.user_timing', 'v8.execute', 'devtools.timeline', 'v8', 'disabled-by-default-v8.gc'],
      excludedCategories: ['*'],
    },
  })
  await during()
  const isComplete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await isComplete
  await session.detach()
  return events
}

/** Spans told by their beginning and their end (a page's promises are) as whole ones. */
function joined(events: readonly TraceEvent[]): TraceEvent[] {
  const open: TraceEvent[] = []
  return events
    .toSorted((a, b) => a.ts - b.ts)
    .flatMap((event) => {
      if (event.ph === 'X') return [event]
      if (event.ph === 'B') open.push(event)
      const begun = event.ph === 'E' ? open.pop() : undefined
      if (!begun) return []
      return [{ ...begun, ph: 'X', dur: event.ts - begun.ts, tdur: (event.tts ?? 0) - (begun.tts ?? 0) }]
    })
}

/** Spans that lie in no other of them: what a script calls is part of the script. */
function outermost(spans: readonly TraceEvent[]): TraceEvent[] {
  let until = Number.NEGATIVE_INFINITY
  return spans
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
    .filter(({ ts, dur = 0 }) => {
      if (ts < until) return false
      until = ts + dur
      return true
    })
}

/**
 * Milliseconds of processor time that the page's scripts took from each marked message to the next, for as long as
 * `during` runs. No other page may be open.
 */
export async function scriptingPerMessage(page: Page, during: () => Promise<void>): Promise<number[]> {
  const events = await trace(page, during)
  const marks = events.filter(({ name }) => name === MARK)
  const [first] = marks
  if (!first) throw new Error('No marked message came.')
  const ofThread = ({ pid, tid }: TraceEvent) => pid === first.pid && tid === first.tid
  const starts = marks
    .filter(ofThread)
    .map(({ ts }) => ts)
    .sort((a, b) => a - b)
  const took = starts.map(() => 0)
  const spans = joined(events.filter(ofThread)).filter(({ name }) => SCRIPTS.has(name))
  for (const span of outermost(spans)) {
    // The mark is set within the script that takes the message.
    const index = starts.findLastIndex((start) => start <= span.ts + (span.dur ?? 0))
    if (index >= 0) took[index] = (took[index] ?? 0) + (span.tdur ?? 0) / 1_000
  }
  // After the last message the look ended, somewhere.
  return took.slice(0, -1)
}

/** Processor time in milliseconds of a piece of work that never changes, in this page on this machine at this moment. */
export async function calibrate(page: Page): Promise<number> {
  const work = () =>
    page.evaluate(() => {
      const places = Array.from({ length: 20_000 }, (_, index) => ({
        id: index,
        at: [index % 97, index % 89],
        name: `n${index}`,
      }))
      const seen = new Map<string, number>()
      for (let round = 0; round < 12; round++)
        for (const { id, at, name } of places.map((place) => ({ ...place, at: [...place.at] })))
          seen.set(name, (seen.get(name) ?? 0) + id + Math.sqrt((at[0] ?? 0) + (at[1] ?? 0)))
      return seen.size
    })
  await work()
  const session = await page.context().newCDPSession(page)
  // The thread's own clock: the processor's time, and not the clock on the wall.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const scripted = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1_000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0)
  }
  const before = await scripted()
  for (let round = 0; round < 5; round++) await work()
  const took = ((await scripted()) - before) / 5
  await session.detach()
  return took
}
