/** The wire under one Socket.IO connection: how much waits in it, and how to end one that takes nothing. */
import type { Socket } from 'socket.io'

/** The `ws` socket that Socket.IO's types do not show. */
interface WebSocketBelow {
  bufferedAmount: number
  terminate(): void
}
type Connection = Pick<Socket, 'conn'>

const below = ({ conn }: Connection) => (conn.transport as { socket?: WebSocketBelow }).socket

/** A polite close gets this long; who reads nothing never answers it. */
const GOOD_BYE_MS = 2_000

/** Whether what was sent before is still on its way. */
export const isBusy = ({ conn }: Connection) => !conn.transport.writable

/** What was told and is still in this process: in the socket, and in the queue before it. Text counts as Latin. */
export function backlogBytes(connection: Connection): number {
  let bytes = below(connection)?.bufferedAmount ?? 0
  const { writeBuffer } = connection.conn as unknown as { writeBuffer: { data?: string | Uint8Array }[] }
  for (const { data } of writeBuffer) bytes += data?.length ?? 0
  return bytes
}

/**
 * Ends it without a good-bye. A polite close waits until all that is queued has been sent, which a reader who takes
 * nothing never lets happen.
 */
export function cut(connection: Connection): void {
  const socket = below(connection)
  if (socket) socket.terminate()
  else connection.conn.close(true)
}

/** For each new connection: once it is over, its wire goes too, whatever the other end says or leaves unsaid. */
export function endWireWith(conn: Socket['conn']): void {
  const socket = below({ conn })
  conn.once('close', (reason: string) => {
    if (reason === 'ping timeout') socket?.terminate()
    else setTimeout(() => socket?.terminate(), GOOD_BYE_MS).unref()
  })
}
