/** A member on duty whose phone is a program: it rings, accepts and goes on as a test says. */
import { io, type Socket } from 'socket.io-client'
import * as socketParser from 'socket.io-parser'
import type { CallProgress, MemberCall } from '../../contract/calls.ts'
import type { OwnDuty } from '../../contract/duty.ts'
import type { ClientToServer, ServerToClient } from '../../contract/events.ts'
import { frameParser, type ParserClasses } from '../../contract/frame-parser.ts'
import type { LonLat } from '../../contract/geo.ts'
import { consumeLink } from '../support/product-clients.ts'

const FIX_EVERY_MS = 5_000

export interface MemberPhone {
  /** What rang, the newest last. */
  rings: MemberCall[]
  /** What is no longer his to answer. */
  over: string[]
  accept(call: MemberCall): Promise<void>
  progress(call: MemberCall, to: CallProgress['to']): Promise<void>
  /** Ends his duty. */
  leave(): Promise<void>
}

/** Signs in by a link, goes on duty and stands at a place. */
export async function memberPhone(origin: string, link: string, position: LonLat): Promise<MemberPhone> {
  const cookie = await consumeLink(origin, link)
  const headers = { cookie, origin, 'x-gelin': '1', 'content-type': 'application/json' }
  const duty = async (method: 'GET' | 'POST' | 'DELETE', body?: object): Promise<OwnDuty> => {
    const answer = await fetch(`${origin}/api/duty/own`, { method, headers, body: body && JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${method} of his duty was answered with ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  const { noticeVersion } = await duty('GET')
  await duty('POST', { noticeVersion })

  const socket: Socket<ServerToClient, ClientToServer> = io(origin, {
    transports: ['websocket'],
    parser: frameParser(socketParser as unknown as ParserClasses, true),
    extraHeaders: { cookie, origin },
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  const fix = { position, accuracyMetres: 6, speedMetresPerSecond: null, headingDegrees: null, batteryPercent: null }
  const share = async () => {
    const at = Date.now()
    return socket.emitWithAck('position:share', { fixes: [{ ...fix, takenAt: at, sentAt: at, isMock: false }] })
  }
  must(await share())
  const timer = setInterval(() => void share(), FIX_EVERY_MS)

  const rings: MemberCall[] = []
  const over: string[] = []
  socket.on('offer:ring', (call) => {
    rings.push(call)
    void socket.emitWithAck('offer:delivered', { offerId: call.offerId ?? '' })
  })
  socket.on('offer:over', ({ offerId }) => over.push(offerId))
  return {
    rings,
    over,
    accept: async ({ offerId }) => must(await socket.emitWithAck('offer:accept', { offerId: offerId ?? '' })),
    progress: async ({ callId }, to) => must(await socket.emitWithAck('call:progress', { callId, to })),
    async leave() {
      clearInterval(timer)
      await duty('DELETE')
      socket.disconnect()
    },
  }
}

function must(answer: { ok: boolean }): void {
  if (!answer.ok) throw new Error(`The phone was answered: ${JSON.stringify(answer)}`)
}
