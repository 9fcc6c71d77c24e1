/** Refuses writes that another site's page makes a browser send. */
import type { RequestHandler } from 'express'
import { Refusal } from '../errors.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether an Origin header names one of our own pages. */
export const isOwnOrigin = (origin: string | undefined, own: readonly string[]) =>
  origin !== undefined && own.includes(origin)

/**
 * A write must come from our own pages. Browsers always send Origin with a write; a client that is no browser sends
 * none and must show with the header `x-gelin: 1`, which no cross-site form or image can set.
 */
export function refuseForeignOrigin(origins: () => readonly string[]): RequestHandler {
  return (request, _response, next) => {
    if (SAFE_METHODS.has(request.method)) return next()
    const origin = request.get('origin')
    const site = request.get('sec-fetch-site')
    const isForeign = origin === undefined ? request.get('x-gelin') !== '1' : !isOwnOrigin(origin, origins())
    if (isForeign || site === 'cross-site' || site === 'same-site')
      throw new Refusal('wrong_origin', 'This request did not come from our own pages.')
    next()
  }
}

export interface Places {
  useTls: boolean
  publicOrigins: readonly string[]
}

const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]']

/** Origins our own pages come from: this machine under its names, and the public addresses of the configuration. */
export function ownOrigins({ useTls, publicOrigins }: Places, port: number, hosts: readonly string[] = LOCAL_HOSTS) {
  return [...hosts.map((host) => originAt(useTls, host, port)), ...publicOrigins]
}

/** Where links made at the console lead: the public address if there is one. */
export const preferredOrigin = ({ useTls, publicOrigins }: Places, port: number) =>
  publicOrigins[0] ?? originAt(useTls, 'localhost', port)

/** As browsers write it: without the scheme's own port. */
const originAt = (useTls: boolean, host: string, port: number) =>
  new URL(`${useTls ? 'https' : 'http'}://${host}:${port}`).origin
