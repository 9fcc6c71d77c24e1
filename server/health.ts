import { Router } from 'express'

/** /healthz: the process answers. /readyz: the database answers too. */
export function healthPages(isReady: () => Promise<boolean>): Router {
  const router = Router()
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  router.get('/readyz', async (_request, response) => {
    const ready = await isReady()
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'database away' })
  })
  return router
}
