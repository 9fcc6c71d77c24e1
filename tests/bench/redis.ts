/** As much of Redis' protocol (RESP2) as a peer in a bench needs; commands are pipelined on one connection. */
import { connect, type Socket } from 'node:net'

export type Reply = string | number | null | Reply[]

export interface Redis {
  call(...parts: (string | number)[]): Promise<Reply>
  end(): void
}

const CONNECT_WITHIN_MS = 1_000

/** null when no Redis answers there. */
export async function findRedis(port = 6379, host = '127.0.0.1'): Promise<Redis | null> {
  const socket = connect({ port, host })
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.setTimeout(CONNECT_WITHIN_MS, () => resolve(false))
  })
  if (!isOpen) {
    socket.destroy()
    return null
  }
  socket.setTimeout(0)
  socket.setNoDelay(true)
  const redis = speak(socket)
  const pong = await redis.call('PING').catch(() => null)
  if (pong === 'PONG') return redis
  redis.end()
  return null
}

function speak(socket: Socket): Redis {
  const waiting: { resolve(reply: Reply): void; reject(error: Error): void }[] = []
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    for (;;) {
      const read = readReply(rest, at)
      if (!read) break
      at = read.next
      const question = waiting.shift()
      if (read.fault !== undefined) question?.reject(new Error(read.fault))
      else question?.resolve(read.reply)
    }
    rest = rest.subarray(at)
  })
  const failAll = () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('Redis closed the connection.'))
  }
  socket.on('close', failAll)
  socket.on('error', () => {})
  return {
    call(...parts) {
      const words = parts.map((part) => `$${Buffer.byteLength(String(part))}\r\n${part}\r\n`)
      socket.write(`*${parts.length}\r\n${words.join('')}`)
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
    },
    end: () => socket.destroy(),
  }
}

interface Read {
  reply: Reply
  fault?: string
  next: number
}

/** One reply from an offset, or null when it is not whole yet. */
function readReply(data: Buffer, at: number): Read | null {
  const end = data.indexOf('\r\n', at)
  if (end < 0) return null
  const line = data.toString('utf8', at + 1, end)
  const next = end + 2
  switch (data[at]) {
    case 0x2b: // +
      return { reply: line, next }
    case 0x2d: // -
      return { reply: null, fault: line, next }
    case 0x3a: // :
      return { reply: Number(line), next }
    case 0x24: {
      // $
      const length = Number(line)
      if (length < 0) return { reply: null, next }
      if (data.length < next + length + 2) return null
      return { reply: data.toString('utf8', next, next + length), next: next + length + 2 }
    }
    case 0x2a: {
      // *
      const items: Reply[] = []
      let position = next
      for (let count = Number(line); count > 0; count--) {
        const item = readReply(data, position)
        if (!item) return null
        items.push(item.reply)
        position = item.next
      }
      return { reply: items, next: position }
    }
    default:
      return { reply: null, fault: 'not a Redis reply', next }
  }
}
