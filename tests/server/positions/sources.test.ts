import { describe, expect, it } from 'vitest'
import { MAX_BATCH, readGatewayBatch } from '../../../server/positions/sources/gateway.ts'
import { readOsmAndFields, readOsmAndJson } from '../../../server/positions/sources/osmand.ts'
import { readOwnTracks } from '../../../server/positions/sources/owntracks.ts'

const NOW = Date.UTC(2026, 10, 22, 2)

describe('OwnTracks', () => {
  it('reads the smallest valid location', () => {
    const body = { _type: 'location', lat: 48.85833, lon: 2.29513, tst: 1497349316, tid: 'JJ' }
    expect(readOwnTracks(body).fixes).toEqual([
      {
        takenAt: 1497349316_000,
        sentAt: null,
        position: [2.29513, 48.85833],
        accuracyMetres: null,
        speedMetresPerSecond: null,
        headingDegrees: null,
        batteryPercent: null,
        isMock: false,
      },
    ])
  })

  it('turns km/h into m/s and keeps when it was sent', () => {
    const body = { _type: 'location', lat: 1, lon: 2, tst: 10, created_at: 15, vel: 36, cog: 90, acc: 12, batt: 55 }
    expect(readOwnTracks(body).fixes[0]).toMatchObject({
      sentAt: 15_000,
      speedMetresPerSecond: 10,
      headingDegrees: 90,
      accuracyMetres: 12,
      batteryPercent: 55,
    })
  })

  it.each([[null], [[]], ['x'], [{ _type: 'lwt', tst: 1 }], [{ _type: 'encrypted', data: 'x' }]])(
    'has no fix in %j',
    (body) => {
      expect(readOwnTracks(body)).toEqual({ device: null, fixes: [], malformed: 0 })
    },
  )

  it.each([
    [{ _type: 'location' }],
    [{ _type: 'location', lat: 'a', lon: 1, tst: 1 }],
    [{ _type: 'location', lat: null, lon: 1, tst: 1 }],
  ])('counts %j as malformed', (body) => {
    expect(readOwnTracks(body)).toEqual({ device: null, fixes: [], malformed: 1 })
  })
})

describe('OsmAnd fields', () => {
  it('reads what Traccar Client sends by GET', () => {
    const fields = {
      id: '123',
      timestamp: '1497349316',
      lat: '53.4',
      lon: '-2.9',
      speed: '10',
      bearing: '45',
      altitude: '3',
      accuracy: '5.5',
      batt: '80.0',
    }
    const { device, fixes } = readOsmAndFields(fields, NOW)
    expect(device).toBe('123')
    expect(fixes[0]).toMatchObject({
      takenAt: 1497349316_000,
      position: [-2.9, 53.4],
      headingDegrees: 45,
      accuracyMetres: 5.5,
      batteryPercent: 80,
    })
    expect(fixes[0]?.speedMetresPerSecond).toBeCloseTo(5.144, 3)
  })

  it.each([
    ['1497349316000', 1497349316_000],
    ['2017-06-13T10:21:56Z', 1497349316_000],
    ['2017-06-13 10:21:56', 1497349316_000],
  ])('reads the time %s', (timestamp, takenAt) => {
    expect(readOsmAndFields({ id: 'a', lat: '1', lon: '2', timestamp }, NOW).fixes[0]?.takenAt).toBe(takenAt)
  })

  it('takes location=lat,lon and a missing time as now', () => {
    expect(readOsmAndFields({ deviceid: 'a', location: '53.4,-2.9' }, NOW)).toMatchObject({
      device: 'a',
      fixes: [{ takenAt: NOW, position: [-2.9, 53.4] }],
    })
  })

  it.each([
    [{}],
    [{ id: 'a' }],
    [{ id: 'a', lat: '', lon: '' }],
    [{ id: 'a', lat: 'NaN', lon: '1' }],
    [{ id: 'a', lat: '1', lon: '2', valid: 'false' }],
    [{ id: 'a', lat: '1', lon: '2', timestamp: 'soon' }],
  ])('counts %j as malformed', (fields) => {
    expect(readOsmAndFields(fields, NOW)).toMatchObject({ fixes: [], malformed: 1 })
  })
})

describe('OsmAnd JSON', () => {
  it('reads what Traccar Client 9 sends, -1 as unknown', () => {
    const body = {
      device_id: '42',
      location: {
        timestamp: '2026-11-22T01:59:58.000Z',
        coords: { latitude: 53.4, longitude: -2.9, accuracy: 4, speed: -1, heading: -1, altitude: 20 },
        battery: { level: 0.5, is_charging: false },
        mock: true,
      },
    }
    expect(readOsmAndJson(body, NOW)).toMatchObject({
      device: '42',
      fixes: [
        {
          takenAt: NOW - 2_000,
          position: [-2.9, 53.4],
          speedMetresPerSecond: null,
          headingDegrees: null,
          batteryPercent: 50,
          isMock: true,
        },
      ],
    })
  })

  it('takes a message without coordinates as an event', () => {
    expect(readOsmAndJson({ device_id: '42', location: { event: 'motionchange' } }, NOW)).toEqual({
      device: '42',
      fixes: [],
      malformed: 0,
    })
  })
})

describe('gateway', () => {
  it('reads a batch in order and counts what is no position', () => {
    const batch = readGatewayBatch({
      sentAt: NOW,
      fixes: [{ device: 'a', at: NOW, lon: 1, lat: 2, speed: 1.5 }, { device: 'b' }, 7],
    })
    expect(batch?.map(({ device, fixes, malformed }) => [device, fixes.length, malformed])).toEqual([
      ['a', 1, 0],
      ['b', 0, 1],
      [null, 0, 1],
    ])
  })

  it.each([[null], [{}], [{ fixes: 'x' }], [{ fixes: Array(MAX_BATCH + 1).fill({}) }]])(
    'refuses what is no batch',
    (body) => {
      expect(readGatewayBatch(body)).toBeNull()
    },
  )
})
