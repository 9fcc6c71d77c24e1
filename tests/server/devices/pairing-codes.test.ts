/** Pairing codes, read the way the apps read them (owntracks/android LoadViewModel, traccar/traccar-client ConfigurationService). */
import { describe, expect, it } from 'vitest'
import type { PairedDevice } from '../../../contract/duty.ts'
import { pairingCode } from '../../../server/devices/pairing-codes.ts'

const ORIGIN = 'https://grid.example:8443'
const SECRET = 'mUq-_secret0'
const device = (source: PairedDevice['source']): PairedDevice => ({
  id: '01a20526-86ad-7110-98de-4db81c9d831a',
  source,
  name: '我的手机 👍',
  reportsEveryMs: 30_000,
  pairedAt: 0,
  seenAt: null,
})

describe('OwnTracks', () => {
  const { qr, link, url } = pairingCode(device('owntracks'), SECRET, ORIGIN)
  /** As the app does: a query in which "+" is a blank, and base64 whose strange characters are dropped. */
  const [, query = ''] = qr.split('?')
  const inline = new URLSearchParams(query).get('inline') ?? ''
  const configuration = JSON.parse(Buffer.from(inline, 'base64').toString('utf8'))

  it('opens the app with its whole configuration', () => {
    expect(qr).toMatch(/^owntracks:\/\/\/config\?inline=[\w%/-]+$/)
    expect(link).toBe(qr)
    expect(configuration).toMatchObject({
      _type: 'configuration',
      mode: 3,
      url: `${ORIGIN}/ingest/owntracks`,
      auth: true,
      username: device('owntracks').id,
      password: SECRET,
      monitoring: 2,
      locatorInterval: 30,
      moveModeLocatorInterval: 30,
    })
    expect(url).toBe(configuration.url)
  })

  it('holds nothing beyond ASCII: the device name goes into a header', () => {
    expect(JSON.stringify(configuration)).toMatch(/^[\x20-\x7e]+$/)
  })
})

describe('Traccar Client', () => {
  const { qr, link, url } = pairingCode(device('osmand'), SECRET, ORIGIN)
  const settings = (address: string) => Object.fromEntries(new URL(address).searchParams)

  it('is scanned as the address of its server with the settings behind it', () => {
    const scanned = new URL(qr)
    expect(`${scanned.origin}${scanned.pathname}`).toBe(url)
    expect(settings(qr)).toEqual({
      id: SECRET,
      accuracy: 'high',
      // With a distance the interval would not count.
      distance: '0',
      interval: '30',
      fastest_interval: '30',
      stop_detection: 'false',
    })
  })

  it('is opened on the same phone by its own scheme, with the same settings', () => {
    expect(new URL(link).protocol).toBe('org.traccar.client:')
    // "action" would start or stop it.
    expect(new URL(link).host).not.toBe('action')
    expect(settings(link)).toEqual({ url, ...settings(qr) })
  })
})
