/** What a tracker app scans to be set up, so that nobody types a secret. */
import type { PairedDevice } from '#contract/duty'

export interface PairingCode {
  /** Where the app sends its reports. */
  url: string
  /** The text of the QR code. */
  qr: string
}

/**
 * OwnTracks opens `owntracks:///config?inline=<base64 of its configuration>` (owntracks/booklet, "Remote
 * configuration"); HTTP mode is 3, move mode is 2. Traccar Client 9 opens an address of its server with `id` and
 * `interval` as a configuration link; others are given the address and the identifier to type.
 */
export function pairingCode(device: PairedDevice, secret: string, origin: string): PairingCode {
  const seconds = Math.round(device.reportsEveryMs / 1000)
  if (device.source === 'owntracks') {
    const url = `${origin}/ingest/owntracks`
    const configuration = {
      _type: 'configuration',
      mode: 3,
      url,
      auth: true,
      username: device.id,
      password: secret,
      deviceId: device.name,
      monitoring: 2,
      moveModeLocatorInterval: seconds,
      pubExtendedData: true,
    }
    return { url, qr: `owntracks:///config?inline=${Buffer.from(JSON.stringify(configuration)).toString('base64')}` }
  }
  const url = `${origin}/ingest/osmand`
  return { url, qr: `${url}?id=${encodeURIComponent(secret)}&interval=${seconds}` }
}
