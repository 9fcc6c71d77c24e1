/** Golden bytes: what spreadsheets and government systems write. */
import { describe, expect, it } from 'vitest'
import { decodeText } from '../../geodata/import/text-encoding.ts'

const TEXT = '姓名,备注\n䶮某,𠮷㐂鎔\n'
const bytes = (hex: string) => Uint8Array.from(hex.split(' '), (pair) => Number.parseInt(pair, 16))
const utf16 = (text: string, isBigEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), !isBigEndian)
  return new Uint8Array(view.buffer)
}

it.each([
  ['UTF-8', new TextEncoder().encode(TEXT)],
  ['UTF-8', new TextEncoder().encode(`\ufeff${TEXT}`)],
  // Written down by hand: 䶮 is two bytes, 𠮷 and 㐂 are four.
  ['GB18030', bytes('d0 d5 c3 fb 2c b1 b8 d7 a2 0a fe 9f c4 b3 2c 95 34 b2 35 81 39 ef 31 e6 67 0a')],
  ['UTF-16LE', utf16(`\ufeff${TEXT}`, false)],
  ['UTF-16BE', utf16(`\ufeff${TEXT}`, true)],
])('reads %s', (encoding, content) => {
  expect(decodeText(content)).toEqual({ text: TEXT, encoding })
})

it('reads GBK, which GB18030 holds', () => {
  expect(decodeText(bytes('cd f8 b8 f1 d4 b1'))).toEqual({ text: '网格员', encoding: 'GB18030' })
})

describe('half a surrogate pair', () => {
  it('in UTF-8 costs one character, not the file', () => {
    const content = bytes('e5 90 89 ed a0 bd e6 9e 97')
    expect(decodeText(content)).toEqual({ text: '吉\ufffd林', encoding: 'UTF-8' })
  })
  it('in UTF-16 too', () => {
    expect(decodeText(utf16('\ufeff吉\ud83d林', false)).text).toBe('吉\ufffd林')
  })
})

it.each([
  ['a workbook', '50 4b 03 04 14 00', 'not_text'],
  ['an old workbook', 'd0 cf 11 e0 a1 b1', 'not_text'],
  ['a PDF', '25 50 44 46 2d', 'not_text'],
  ['a shapefile', '00 00 27 0a 00 00', 'not_text'],
  ['noise', 'ff 80 81 ff 00 9d ff', 'encoding_unknown'],
])('refuses %s', (_, hex, code) => {
  expect(() => decodeText(bytes(hex))).toThrow(expect.objectContaining({ code }))
})
