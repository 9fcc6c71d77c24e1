import { Refusal } from '../errors.ts'
import type { Serve } from '../serve.ts'
import type { Auth } from './auth.ts'
import { clearSessionCookie, readSessionCookie, setSessionCookie } from './cookie.ts'

export function sessionsRoutes(serve: Serve, { sessions, passwords }: Auth): void {
  serve('session.see', async ({ session }) => session?.view ?? null)

  serve('session.signIn', async ({ body, request, response }) => {
    const begun = await passwords.signIn(body.name, body.password, readSessionCookie(request))
    setSessionCookie(response, begun)
    return begun.session.view
  })

  serve('session.signOut', async ({ session, response }) => {
    if (session) await sessions.end(session)
    clearSessionCookie(response)
    return {}
  })

  serve('session.touch', async ({ session }) => {
    await sessions.touch(session)
    return session.view
  })

  serve('session.unlock', async ({ session, body }) => {
    if (!session) throw new Refusal('not_signed_in', 'This session has ended. Please sign in.')
    await passwords.unlock(session, body.password)
    return { ...session.view, isLocked: false }
  })

  serve('session.setPassword', async ({ session, body, response }) => {
    const begun = await passwords.set(session, body.current, body.next)
    setSessionCookie(response, begun)
    return begun.session.view
  })
}
