/** The built pages of dist/client: hashed assets for ever, pages always asked again. */
import { fileURLToPath } from 'node:url'
import express, { Router } from 'express'
import { faceAddresses } from '#contract/faces'
import { pages } from '#contract/routes'

const root = fileURLToPath(new URL('../dist/client', import.meta.url))

export function staticPages(): Router {
  const router = Router()
  router.get('/', (_request, response) => response.redirect(302, '/dispatch/'))
  router.use('/assets', express.static(`${root}/assets`, { immutable: true, maxAge: '365d', fallthrough: false }))
  // The few files of client/public keep their names.
  router.use(express.static(root, { index: false, redirect: false, maxAge: '1h', extensions: false }))
  // Each has client-side routes below its own folder.
  for (const face of Object.keys(faceAddresses))
    router.get([`/${face}`, `/${face}/*path`], (_request, response) => {
      response.sendFile(`${root}/${face}/index.html`, { headers: { 'Cache-Control': 'no-cache' } })
    })
  // The address of a printed code stays as it is: the page reads the code from it.
  router.get(['/resident', '/resident/*path', pages.placeCode.path], (_request, response) => {
    response.sendFile(`${root}/resident/index.html`, { headers: { 'Cache-Control': 'no-cache' } })
  })
  return router
}
