import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  decodeAccuracy,
  decodeAge,
  decodeHeading,
  encodeAccuracy,
  encodeAge,
  encodeHeading,
  FrameWriter,
  HEADER_BYTES,
  PERSON_BYTES,
  readFrame,
} from '#contract/position-frame'

it('gives back who was written, within half a step of the box', () => {
  const person = fc.record({
    handle: fc.integer({ min: 0, max: 0xffff_ffff }),
    longitude: fc.double({ min: 114, max: 114.1, noNaN: true }),
    latitude: fc.double({ min: 22.7, max: 22.8, noNaN: true }),
    flags: fc.integer({ min: 0, max: 31 }),
  })
  fc.assert(
    fc.property(fc.array(person, { maxLength: 50 }), (people) => {
      const writer = new FrameWriter()
      writer.startPeople(1e12, [114, 22.7, 114.1, 22.8])
      for (const each of people) writer.person(each.handle, each.longitude, each.latitude, 255, 7, 30, each.flags)
      const frame = readFrame(writer.finish())
      expect(frame.people).toHaveLength(people.length)
      for (const [index, read] of frame.people.entries()) {
        const written = people[index]
        expect(read.handle).toBe(written?.handle)
        expect(read.flags).toBe(written?.flags)
        expect(Math.abs(read.position[0] - (written?.longitude ?? 0))).toBeLessThan(1e-6)
        expect(Math.abs(read.position[1] - (written?.latitude ?? 0))).toBeLessThan(1e-6)
        expect(read.ageMs).toBe(7_000)
      }
    }),
  )
})

it('grows past its first buffer', () => {
  const writer = new FrameWriter()
  writer.startPeople(1e12, [114, 22.7, 114.1, 22.8])
  for (let handle = 0; handle < 20_000; handle++) writer.person(handle, 114.05, 22.75, 0, 0, 0, 0)
  const data = writer.finish()
  expect(data.byteLength).toBe(HEADER_BYTES + 20_000 * PERSON_BYTES)
  expect(readFrame(data).people[19_999]?.handle).toBe(19_999)
})

it('never throws anything but RangeError, whatever arrives', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        readFrame(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }),
  )
})

it('keeps ages, accuracies and headings near enough to be read', () => {
  expect([0, 45_000, 120_000].map((age) => decodeAge(encodeAge(age)))).toEqual([0, 45_000, 120_000])
  expect(decodeAge(encodeAge(14 * 60_000))).toBe(14 * 60_000)
  expect(decodeAge(encodeAge(86_400_000))).toBeNull()
  for (const metres of [1, 8, 65, 1_000])
    expect((decodeAccuracy(encodeAccuracy(metres)) ?? 0) / metres).toBeCloseTo(1, 1)
  expect(decodeAccuracy(encodeAccuracy(null))).toBeNull()
  for (const degrees of [0, 90, 359.9]) {
    const off = Math.abs((decodeHeading(encodeHeading(degrees)) ?? 999) - degrees)
    expect(Math.min(off, 360 - off)).toBeLessThan(1)
  }
  expect(decodeHeading(encodeHeading(null))).toBeNull()
})
