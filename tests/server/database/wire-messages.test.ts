/** Framing of PostgreSQL's protocol: the same units come out however the bytes were cut. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorMessage, isReady, MessageReader, type Unit } from '../../../server/database/embedded/wire-messages.ts'

function untyped(code: number, rest = ''): Buffer {
  const body = Buffer.from(rest, 'latin1')
  const head = Buffer.alloc(8)
  head.writeInt32BE(8 + body.length)
  head.writeInt32BE(code, 4)
  return Buffer.concat([head, body])
}

function typed(type: string, body = ''): Buffer {
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(4 + Buffer.byteLength(body), 1)
  return Buffer.concat([head, Buffer.from(body)])
}

const ssl = untyped(80_877_103)
const startup = untyped(196_608, 'user\0postgres\0\0')
const extended = Buffer.concat([typed('P', 'SELECT $1'), typed('B', 'x'.repeat(300)), typed('E'), typed('S')])
const simple = typed('Q', 'SELECT 1\0')
const flushed = Buffer.concat([typed('P', 'SELECT 2'), typed('H')])

const session = Buffer.concat([ssl, startup, extended, simple, flushed, typed('X')])
const units: Unit[] = [
  { kind: 'plainText' },
  { kind: 'query', bytes: startup },
  { kind: 'query', bytes: extended },
  { kind: 'query', bytes: simple },
  { kind: 'flush', bytes: flushed },
  { kind: 'end' },
]

const readAll = (chunks: Buffer[]) => {
  const reader = new MessageReader()
  return chunks.flatMap((chunk) => reader.read(chunk))
}

describe('MessageReader', () => {
  it('joins messages into whole units, however the bytes were cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: session.length }), { maxLength: 40 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), session.length]
        const chunks = places.slice(1).map((to, index) => session.subarray(places[index], to))
        expect(readAll(chunks)).toEqual(units)
      }),
    )
  })

  it('reads a session byte by byte', () => {
    expect(readAll([...session].map((byte) => Buffer.from([byte])))).toEqual(units)
  })

  it.each([
    ['a length below its own head', Buffer.concat([startup, Buffer.from('Q\0\0\0\x01', 'latin1')])],
    ['a length beyond reason', Buffer.concat([startup, Buffer.from('Q\x7f\xff\xff\xff', 'latin1')])],
    ['another protocol version', untyped(131_072)],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  ])('refuses %s', (_, bytes) => {
    expect(() => readAll([bytes])).toThrow()
  })
})

it('knows the end of an answer', () => {
  expect(isReady(errorMessage('XX000', 'no').subarray(-6))).toBe(true)
  expect(isReady(Buffer.from('C\0\0\0\x05x', 'latin1'))).toBe(false)
  expect(isReady(Buffer.alloc(0))).toBe(false)
})
