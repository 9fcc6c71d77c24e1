import type { Request } from 'express'

/** The key of `Authorization: Bearer …`, or nothing that any gateway has. */
export function bearerOf(request: Request): string {
  const [scheme, key] = (request.get('authorization') ?? '').split(' ', 2)
  return scheme?.toLowerCase() === 'bearer' && key ? key : ''
}
