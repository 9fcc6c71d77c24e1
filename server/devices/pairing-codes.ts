/** What a tracker app scans or is opened with to be set up, so that nobody types a secret. */
import type { DevicePairing, PairedDevice } from '#contract/duty'

export type PairingCode = Pick<DevicePairing, 'url' | 'qr' | 'link'>

/** `url` is where the app sends its reports, `secret` what it proves itself with. */
export function pairingCode(device: PairedDevice, secret: string, origin: string): PairingCode {
  const seconds = Math.round(device.reportsEveryMs / 1000)
  return device.source === 'owntracks'
    ? ownTracksCode(device.id, secret, `${origin}/ingest/owntracks`, seconds)
    : traccarCode(secret, `${origin}/ingest/osmand`, seconds)
}

/**
 * OwnTracks opens `owntracks:///config?inline=<base64 of a configuration>` (owntracks/booklet, "Remote configuration" and
 * "JSON"): mode 3 is HTTP, monitoring 2 is move mode. Android takes its interval there from `moveModeLocatorInterval`,
 * iOS from `locatorInterval`. The device name goes into an HTTP header, so it is plain ASCII whatever its owner calls it.
 */
function ownTracksCode(username: string, password: string, url: string, seconds: number): PairingCode {
  const configuration = {
    _type: 'configuration',
    mode: 3,
    url,
    auth: true,
    username,
    password,
    deviceId: 'gelin',
    tid: 'GL',
    monitoring: 2,
    locatorInterval: seconds,
    moveModeLocatorInterval: seconds,
    pubExtendedData: true,
  }
  const inline = Buffer.from(JSON.stringify(configuration)).toString('base64')
  // Unescaped, "+" would arrive as a blank and "=" would end the value.
  const qr = `owntracks:///config?inline=${encodeURIComponent(inline)}`
  return { url, qr, link: qr }
}

/**
 * Traccar Client 9 scans the address of its server with the settings as its query, and is opened on the same phone by
 * `org.traccar.client://config?url=…` with the same settings (traccar/traccar-client, lib/configuration_service.dart).
 * It keeps to the interval only when the distance is 0; stop detection would silence somebody who stands at his post.
 */
function traccarCode(id: string, url: string, seconds: number): PairingCode {
  const settings = {
    id,
    accuracy: 'high',
    distance: '0',
    interval: `${seconds}`,
    fastest_interval: `${seconds}`,
    stop_detection: 'false',
  }
  return {
    url,
    qr: `${url}?${new URLSearchParams(settings)}`,
    link: `org.traccar.client://config?${new URLSearchParams({ url, ...settings })}`,
  }
}
