/** Frames of PostgreSQL's protocol 3.0 (documentation, "Message Formats"): bytes in, whole units of work out. */

export type Unit =
  /** A request for encryption, answered with "N": the socket is local. */
  | { kind: 'plainText' }
  | { kind: 'end' }
  /** `query` ends with the server's ReadyForQuery, `flush` does not. */
  | { kind: 'query' | 'flush'; bytes: Uint8Array }

const SSL_REQUEST = 80_877_103
const GSS_REQUEST = 80_877_104
const CANCEL_REQUEST = 80_877_102
const PROTOCOL_3 = 196_608
/** Longer messages are an error, not data: the largest import chunk is far below this. */
const LONGEST_MESSAGE = 256 * 1024 * 1024

/** Collects a connection's bytes. Throws when they are not PostgreSQL's protocol. */
export class MessageReader {
  #chunks: Buffer[] = []
  #held = 0
  #needed = 8
  #hasStarted = false
  /** Messages of a unit that has not ended yet. */
  #unit: Buffer[] = []

  read(chunk: Buffer): Unit[] {
    this.#chunks.push(chunk)
    this.#held += chunk.length
    // Joining only when enough is there keeps a large message from being copied once a chunk.
    if (this.#held < this.#needed) return []
    let bytes: Buffer = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks)
    const units: Unit[] = []
    for (;;) {
      const length = this.#lengthOf(bytes)
      this.#needed = length ?? bytes.length + 1
      if (length === null || bytes.length < length) break
      const unit = this.#hasStarted ? this.#typed(bytes.subarray(0, length)) : this.#untyped(bytes.subarray(0, length))
      if (unit) units.push(unit)
      bytes = bytes.subarray(length)
    }
    this.#chunks = [bytes]
    this.#held = bytes.length
    return units
  }

  /** Length of the message at the start, or null when not even its head is there. */
  #lengthOf(bytes: Buffer): number | null {
    const head = this.#hasStarted ? 5 : 8
    if (bytes.length < head) return null
    const length = this.#hasStarted ? 1 + bytes.readInt32BE(1) : bytes.readInt32BE(0)
    if (length < head || length > LONGEST_MESSAGE) throw new Error('This is not PostgreSQL’s protocol.')
    return length
  }

  #untyped(message: Buffer): Unit {
    const code = message.readInt32BE(4)
    if (code === SSL_REQUEST || code === GSS_REQUEST) return { kind: 'plainText' }
    if (code === CANCEL_REQUEST) return { kind: 'end' }
    if (code !== PROTOCOL_3) throw new Error('Only protocol 3.0 is spoken here.')
    this.#hasStarted = true
    return { kind: 'query', bytes: message }
  }

  #typed(message: Buffer): Unit | null {
    const type = String.fromCharCode(message[0] ?? 0)
    if (type === 'X') return { kind: 'end' }
    this.#unit.push(message)
    if (type !== 'Q' && type !== 'S' && type !== 'F' && type !== 'H') return null
    const bytes = this.#unit.length === 1 ? message : Buffer.concat(this.#unit)
    this.#unit = []
    return { kind: type === 'H' ? 'flush' : 'query', bytes }
  }
}

/** Whether an answer's last six bytes are a ReadyForQuery. */
export const isReady = (tail: Buffer) => tail.length === 6 && tail[0] === 0x5a && tail.readInt32BE(1) === 5

/** An ErrorResponse, and ReadyForQuery outside a transaction. */
export function errorMessage(code: string, message: string): Buffer {
  const fields = Buffer.from(`SERROR\0VERROR\0C${code}\0M${message}\0\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields, Buffer.from('Z\0\0\0\x05I', 'latin1')])
}
