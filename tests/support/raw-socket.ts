/** A WebSocket of bare bytes, to say what no library would: frames of any kind, whole or broken. */
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'

export interface RawSocket {
  /** A masked frame; opcode 1 = text, 2 = binary. */
  send(data: Buffer | string, opcode?: number): void
  write(bytes: Buffer): void
  isClosed(): boolean
  close(): void
}

/** Resolves when the upgrade was accepted; rejects when it was refused. */
export function openRawSocket(origin: string, cookie: string): Promise<RawSocket> {
  const { host, hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  let isClosed = false
  socket.on('close', () => {
    isClosed = true
  })
  return new Promise((resolve, reject) => {
    socket.on('error', () => reject(new Error('the connection was reset')))
    socket.once('data', (head: Buffer) => {
      if (!head.toString('latin1').startsWith('HTTP/1.1 101'))
        return reject(new Error(head.toString('latin1').slice(0, 40)))
      // Whatever comes is read and forgotten: a socket that is not read is another test.
      socket.on('data', () => {})
      resolve({
        send: (data, opcode = 1) => void (isClosed || socket.write(frameOf(Buffer.from(data as Buffer), opcode))),
        write: (bytes) => void (isClosed || socket.write(bytes)),
        isClosed: () => isClosed,
        close: () => void socket.destroy(),
      })
    })
    socket.write(upgrade(host, origin, cookie))
  })
}

const upgrade = (host: string, origin: string, cookie: string) =>
  [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Version: 13',
    `Origin: ${origin}`,
    `Cookie: ${cookie}`,
    '\r\n',
  ].join('\r\n')

/** RFC 6455, 5.2: final, masked with zeros. */
function frameOf(data: Buffer, opcode: number): Buffer {
  const length = data.byteLength
  const head = length < 126 ? Buffer.of(0x80 | opcode, 0x80 | length) : Buffer.alloc(length < 65_536 ? 4 : 10)
  if (length >= 126) {
    head[0] = 0x80 | opcode
    head[1] = 0x80 | (length < 65_536 ? 126 : 127)
    if (length < 65_536) head.writeUInt16BE(length, 2)
    else head.writeBigUInt64BE(BigInt(length), 2)
  }
  return Buffer.concat([head, Buffer.alloc(4), data])
}
