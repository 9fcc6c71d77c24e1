/** Whose address a request came from, behind as many proxies as are ours. */
import type { IncomingMessage } from 'node:http'
import { ipKeyGenerator } from 'express-rate-limit'

/** Network prefix that counts as one address under IPv6: what one household or office is given. */
const IPV6_PREFIX = 56

/** What counts as one address. */
export const addressKey = (ip: string | undefined) => ipKeyGenerator(ip ?? '', IPV6_PREFIX)

/** The same as Express finds it with `trust proxy` set to a number: forged entries stand further left. */
export function remoteAddress(
  { headers, socket }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string } },
  trustedProxies: number,
): string | undefined {
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',')
  const hops = [socket.remoteAddress, ...forwarded.map((hop) => hop.trim()).reverse()].filter(Boolean)
  return hops[Math.min(trustedProxies, hops.length - 1)]
}
