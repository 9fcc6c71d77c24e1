/** Everything one audience is sent, over HTTP and over its socket, and what can be read out of it. */
import { distanceMetres, type LonLat } from '../../contract/geo.ts'
import { type Frame, readFrame } from '../../contract/position-frame.ts'
import type { RouteId } from '../../contract/routes.ts'
import type { CallInput, TestClient, TestSocket } from './server.ts'

export interface Traffic {
  /** Texts as they came, answers and events alike, each with where it came from. */
  texts: { from: string; text: string }[]
  frames: Frame[]
  bytes: number
}

/** Records every packet of a socket from now on, before any library looks into it. */
export function recordSocket(traffic: Traffic, socket: TestSocket): void {
  socket.io.engine.on('packet', ({ data }: { data?: unknown }) => {
    if (typeof data === 'string') take(traffic, 'socket', data)
    else if (data instanceof ArrayBuffer || data instanceof Uint8Array) {
      traffic.bytes += data.byteLength
      traffic.frames.push(readFrame(data))
    }
  })
}

/** Calls a route and records the answer, whatever it is. */
export async function recordCall(traffic: Traffic, client: Pick<TestClient, 'call'>, id: RouteId, input: CallInput) {
  const answer = await client.call(id, input)
  take(traffic, id, JSON.stringify(answer.body))
  return answer
}

function take(traffic: Traffic, from: string, text: string): void {
  traffic.bytes += text.length
  traffic.texts.push({ from, text })
}

/** A number followed by another, with at most a key between them. */
const PAIR = /(-?\d+(?:\.\d+)?)(?=,(?:"\w+":)?(-?\d+\.\d+))/g

/** Every pair of neighbouring numbers of a text that can be a place, in both orders of the axes. */
export function placesIn(text: string): LonLat[] {
  return [...text.matchAll(PAIR)].flatMap(([, first, second]) => {
    const [a, b] = [Number(first), Number(second)]
    const orders: LonLat[] = [
      [a, b],
      [b, a],
    ]
    return orders.filter(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90)
  })
}

export const isNear = (a: LonLat, b: LonLat, metres: number) => distanceMetres(a, b) <= metres
