/** The session cookie. `__Host-` binds it to this host over TLS (browsers take localhost as safe). */
import type { IncomingMessage } from 'node:http'
import type { Response } from 'express'

const NAME = '__Host-sid'

export function readSessionCookie(request: IncomingMessage): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === NAME && value) return value
  }
  return null
}

export function setSessionCookie(response: Response, secret: string): void {
  response.cookie(NAME, secret, { httpOnly: true, secure: true, sameSite: 'strict', path: '/' })
}

export function clearSessionCookie(response: Response): void {
  response.clearCookie(NAME, { httpOnly: true, secure: true, sameSite: 'strict', path: '/' })
}
