/**
 * A Socket.IO parser that sends a position frame as one binary message. The default parser makes two packets of every
 * binary event, which costs nearly three times a plain WebSocket write. All other events go as they always do, so a
 * client with the default parser works too, as long as it asks for no frames. The classes of socket.io-parser are
 * arguments, so that this stays free of I/O libraries.
 */
import type { ServerEventName } from './events.ts'

export const FRAME_EVENT = 'positions:frame' satisfies ServerEventName

interface Packet {
  type: number
  nsp: string
  data?: unknown
}
interface EncoderBase {
  encode(packet: Packet): unknown[]
}
interface DecoderBase {
  add(chunk: unknown): void
  emitReserved(name: 'decoded', packet: Packet): void
}
/** socket.io-parser's classes, as far as they are used here. */
export interface ParserClasses {
  Encoder: new () => EncoderBase
  Decoder: new () => DecoderBase
}

const EVENT = 2

/** `acceptsFrames` is for the side that receives them; the other refuses every binary message. */
export function frameParser(base: ParserClasses, acceptsFrames: boolean) {
  class FrameEncoder extends base.Encoder {
    override encode(packet: Packet): unknown[] {
      const { data } = packet
      return Array.isArray(data) && data[0] === FRAME_EVENT ? [data[1]] : super.encode(packet)
    }
  }
  class FrameDecoder extends base.Decoder {
    override add(chunk: unknown): void {
      if (typeof chunk === 'string') super.add(chunk)
      else if (acceptsFrames) this.emitReserved('decoded', { type: EVENT, nsp: '/', data: [FRAME_EVENT, chunk] })
      else throw new Error('binary messages are not taken')
    }
  }
  return { Encoder: FrameEncoder, Decoder: FrameDecoder }
}
