/** The public API as the simulator sees it: one key, plain HTTP. */
import type { CaseReport } from '#contract/cases'
import type { LonLat } from '#contract/geo'

export interface BoundDevice {
  device: string
  home: LonLat | null
  isOnDuty: boolean
}

export interface SentFix {
  device: string
  at: number
  lon: number
  lat: number
  accuracy: number
  speed: number
  heading: number
}

const ANSWER_WITHIN_MS = 10_000
const NOT_READY = 503

/** The server is away or not ready for a moment: whoever waits may go on where he was. */
export class NotReady extends Error {}

export function createGatewayClient(origin: string, key: string) {
  async function ask(path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(`${origin}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).catch((error: unknown) => {
      throw new NotReady(`${path} was not answered: ${error instanceof Error ? error.message : error}`)
    })
    if (answer.status === NOT_READY) throw new NotReady(`${path} was answered with ${NOT_READY}`)
    if (!answer.ok && answer.status !== 204) throw new Error(`${path} was answered with ${answer.status}`)
    return answer
  }

  return {
    devices: async () => (await (await ask('/ingest/gateway/devices')).json()) as BoundDevice[],
    setDuty: async (device: string, isOn: boolean) => void (await ask('/ingest/gateway/duty', { device, isOn })),
    report: async (device: string, report: CaseReport) =>
      void (await ask('/ingest/gateway/cases', { device, case: report })),
    send: async (fixes: readonly SentFix[]) => void (await ask('/ingest/gateway', { sentAt: Date.now(), fixes })),
    /** A base tile, or null where there is nothing. */
    async tile(zoom: number, x: number, y: number): Promise<ArrayBuffer | null> {
      const answer = await ask(`/tiles/base/1/${zoom}/${x}/${y}`)
      return answer.status === 204 ? null : answer.arrayBuffer()
    },
  }
}
export type GatewayClient = ReturnType<typeof createGatewayClient>
