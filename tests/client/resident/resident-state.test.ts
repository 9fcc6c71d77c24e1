/** What the residents' page makes of addresses, hours and its own secrets. */
import { describe, expect, it } from 'vitest'
import type { ResidentPoint } from '#contract/resident'
import { followSecret } from '#contract/resident'
import { nearestThree } from '../../../client/resident/points/nearest-three.ts'
import { newSecret } from '../../../client/resident/state/new-secret.ts'
import { scannedCode } from '../../../client/resident/state/place-choice.ts'
import { addressOfPage, pageOf } from '../../../client/resident/state/use-page.ts'

describe('addresses', () => {
  it('of a printed code hold the code', () => {
    expect(scannedCode('/g/7k2m9xq4tv0ep')).toBe('7k2m9xq4tv0ep')
    expect(scannedCode('/g/7k2m9xq4tv0ep/')).toBe('7k2m9xq4tv0ep')
    expect(scannedCode('/g/%E0%A4%A')).toBe('%E0%A4%A')
    expect([scannedCode('/resident/'), scannedCode('/g/'), scannedCode('/g/a/b')]).toEqual([null, null, null])
  })

  it('of pages lead back to them; a strange one is the first page', () => {
    const secret = newSecret()
    expect(pageOf(addressOfPage('follow', secret))).toEqual({ name: 'follow', detail: secret })
    expect(pageOf(addressOfPage('points', 'P 1/2'))).toEqual({ name: 'points', detail: 'P 1/2' })
    expect(pageOf(addressOfPage('home')).name).toBe('home')
    expect(pageOf('#/constructor').name).toBe('home')
    expect(pageOf('#/points/%E0%A4%A').name).toBe('points')
  })
})

it('makes secrets that the server takes, each another one', () => {
  const secrets = Array.from({ length: 200 }, newSecret)
  expect(new Set(secrets).size).toBe(200)
  for (const secret of secrets) expect(followSecret.safeParse(secret).success).toBe(true)
})

describe('the first page', () => {
  const now = Date.parse('2026-11-23T02:00:00Z')
  const day = (from: string, to: string): [string, string][] => [[from, to]]
  const point = (code: string, isOpen: boolean): ResidentPoint => ({
    code,
    name: code,
    kind: 'station',
    address: null,
    phone: null,
    services: [],
    hours: Array.from({ length: 7 }, () => (isOpen ? day('00:00', '24:00') : [])),
    closedOn: null,
    closedReason: null,
    position: [114, 22.7],
    metres: 100,
    walkMetres: null,
    isStaffed: false,
  })
  const codes = (points: ResidentPoint[]) => nearestThree(points, now, 'Asia/Shanghai').map(({ code }) => code)

  it('shows the nearest, and one that is open when none of them is', () => {
    expect(codes(['a', 'b', 'c', 'd'].map((code) => point(code, code === 'b')))).toEqual(['a', 'b', 'c'])
    expect(codes(['a', 'b', 'c', 'd'].map((code) => point(code, code === 'd')))).toEqual(['d', 'a', 'b'])
    expect(codes(['a', 'b'].map((code) => point(code, false)))).toEqual(['a', 'b'])
  })
})
