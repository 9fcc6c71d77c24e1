/** The page behind a one-time link. Chat apps open links to preview them, so GET only shows a button; POST signs in. */
import { Router } from 'express'
import { homeAddress } from '#contract/faces'
import { pages } from '#contract/routes'
import { readSessionCookie, setSessionCookie } from './cookie.ts'
import { signInPage } from './sign-in.html.ts'
import type { SignInLinksService } from './sign-in-links.service.ts'

export function signInPages(links: SignInLinksService): Router {
  const router = Router()
  router.get(pages.signInPage.path, async (request, response) => {
    response.setHeader('Cache-Control', 'no-store')
    const { name, role } = await links.read(request.params.token)
    response.send(signInPage(name, role))
  })
  router.post(pages.signInConsume.path, async (request, response) => {
    response.setHeader('Cache-Control', 'no-store')
    const begun = await links.consume(request.params.token, readSessionCookie(request))
    setSessionCookie(response, begun)
    response.redirect(303, homeAddress(begun.session.view.role))
  })
  return router
}
