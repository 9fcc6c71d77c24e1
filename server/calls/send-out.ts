/** Posts to a server of somebody else's. An address that a browser gave us must never lead into our own network. */
import { lookup } from 'node:dns'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Not on the internet: this host, its networks, and what is set apart for examples or many at once. */
const inside = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, prefix, 'ipv4')
/** Of IPv6 only this is the internet (RFC 4291); within it, what carries an IPv4 address or is an example is not. */
const outside6 = new BlockList()
outside6.addSubnet('2000::', 3, 'ipv6')
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  inside.addSubnet(net, prefix, 'ipv6')

export function isOnInternet(address: string): boolean {
  const kind = isIP(address)
  if (kind === 4) return !inside.check(address, 'ipv4')
  return kind === 6 && outside6.check(address, 'ipv6') && !inside.check(address, 'ipv6')
}

/** Looked at when the connection is made, so that a name that leads elsewhere the second time is no way round. */
const lookupOnInternet: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const addresses = found ?? []
    const refusal = error ?? (addresses.every(({ address }) => isOnInternet(address)) ? null : new NotOnInternet())
    const [first] = addresses
    if (refusal || !first) callback(refusal ?? new NotOnInternet(), '', 0)
    else if (options.all) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}

export class NotOnInternet extends Error {
  constructor() {
    super('This address does not lead to a server on the internet.')
  }
}

export interface Outgoing {
  url: URL
  headers: Record<string, string>
  body: Buffer | string
  timeoutMs: number
}

/** Where it may go. anywhere: the address was set by whoever runs this installation. */
export type Reaching = 'internet' | 'anywhere'

/** The status of the answer; nothing else of it is read, and no redirect is followed. Rejects without an answer. */
export function postOut({ url, headers, body, timeoutMs }: Outgoing, reaching: Reaching): Promise<number> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (reaching === 'internet' && (url.protocol !== 'https:' || (isIP(host) && !isOnInternet(host))))
      return reject(new NotOnInternet())
    const post = url.protocol === 'https:' ? httpsRequest : httpRequest
    const asked = post(url, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(timeoutMs),
      ...(reaching === 'internet' ? { lookup: lookupOnInternet } : {}),
    })
    asked.on('error', reject)
    asked.on('response', (response) => {
      response.on('error', () => {})
      response.destroy()
      resolve(response.statusCode ?? 0)
    })
    asked.end(body)
  })
}
