/** /ca.crt: the trial's certificate authority, for phones to install; only there with --tls. */
import { Router } from 'express'
import { pages } from '#contract/routes'
import { notFound } from '../errors.ts'

export function caPages(ca: string | null): Router {
  const router = Router()
  router.get(pages.caCertificate.path, (_request, response) => {
    if (ca === null) throw notFound('A certificate')
    response.attachment('gelin-ca.crt').type('application/x-x509-ca-cert').send(ca)
  })
  return router
}
