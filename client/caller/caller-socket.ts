/** How a caller's page reaches the server about its call. The socket's code is loaded when it is wanted, not with the page. */
import type { Socket } from 'socket.io-client'
import { CALLER_NAMESPACE, type CallerToServer, type ServerToCaller } from '#contract/caller-events'
import type { CallerView } from '#contract/calls'
import { call } from '../api/call.ts'

export type CallerSocket = Socket<ServerToCaller, CallerToServer>

const CONNECT_TIMEOUT_MS = 8_000
const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 10_000

export const askForCall = (secret: string): Promise<CallerView> => call('calls.follow', { body: { secret } })

export async function openCallerSocket(secret: string): Promise<CallerSocket> {
  const { io } = await import('socket.io-client')
  return io(CALLER_NAMESPACE, {
    transports: ['websocket'],
    auth: { secret },
    autoConnect: false,
    timeout: CONNECT_TIMEOUT_MS,
    reconnectionDelay: FIRST_RETRY_MS,
    reconnectionDelayMax: LAST_RETRY_MS,
  })
}
