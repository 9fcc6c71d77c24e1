/** The session cookie. `__Host-` binds it to this host over TLS (browsers take localhost as safe). */
import type { IncomingMessage } from 'node:http'
import type { Response } from 'express'
import { homeFace } from '#contract/faces'
import type { Begun } from './begin-session.ts'

const NAME = '__Host-sid'

export function readSessionCookie(request: IncomingMessage): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === NAME && value) return value
  }
  return null
}

/** On a phone it outlives the browser, which phones close as they please; at a desk it goes with it. */
export function setSessionCookie(response: Response, { secret, session: { view } }: Begun): void {
  const expires = homeFace(view.role) === 'field' ? new Date(view.expiresAt) : undefined
  response.cookie(NAME, secret, { httpOnly: true, secure: true, sameSite: 'strict', path: '/', expires })
}

export function clearSessionCookie(response: Response): void {
  response.clearCookie(NAME, { httpOnly: true, secure: true, sameSite: 'strict', path: '/' })
}
