/** Addresses of vector tiles (`pages` of contract/routes.ts). */
import { gunzipSync } from 'node:zlib'
import { type Request, type Response, Router } from 'express'
import { grantFor } from '#contract/roles'
import { pages } from '#contract/routes'
import type { Session } from '../auth/sessions.service.ts'
import { grantOf, type Viewer } from '../auth/viewer.ts'
import { notFound } from '../errors.ts'
import { signedIn } from '../serve.ts'
import { parseTileId, type TileId } from './tile-id.ts'
import type { TileAnswer, TilesService } from './tiles.service.ts'

const TYPE = 'application/vnd.mapbox-vector-tile'
const FOR_EVER = 'public, max-age=31536000, immutable'
/** Kept, but asked about each time: the version in the address is old, so it promises nothing. */
const ASK_AGAIN = 'no-cache'
/**
 * Borders depend on who asks, and the address does not say who: after another person signs in on the same screen a
 * stored tile must not come back unasked. Asking costs a 304.
 */
const PRIVATE = 'private, no-cache'
const VERSION = /^[0-9]{1,16}(-[0-9]{1,16})?$/

type FindSession = (request: Request) => Promise<Session | null>

export function tilesPages(tiles: TilesService, findSession: FindSession): Router {
  const router = Router()

  async function viewerFor(request: Request, action: 'base.see' | 'area.see'): Promise<Viewer> {
    const { viewer } = signedIn(await findSession(request))
    grantOf(viewer, action)
    return viewer
  }

  router.get(pages.baseTile.path, async (request, response) => {
    // What anybody may see needs no look at the session.
    if (!grantFor('residentAnonymous', pages.baseTile.action)) await viewerFor(request, pages.baseTile.action)
    const { version, id } = addressOf(request)
    const tile = await tiles.base(version, id)
    send(request, response, tile, tile.isCurrent ? FOR_EVER : ASK_AGAIN)
  })

  router.get(pages.areaTile.path, async (request, response) => {
    const viewer = await viewerFor(request, pages.areaTile.action)
    const { version, id } = addressOf(request)
    send(request, response, await tiles.areas(version, id, viewer.scope), PRIVATE)
  })

  return router
}

function addressOf({ params }: Request): { version: string; id: TileId } {
  const { version = '', z = '', x = '', y = '' } = params as Record<string, string>
  const id = parseTileId(z, x, y)
  if (!id || !VERSION.test(version)) throw notFound('This map tile')
  return { version, id }
}

function send(request: Request, response: Response, tile: TileAnswer, cacheControl: string): void {
  response.set({ 'Cache-Control': cacheControl, ETag: tile.etag, Vary: 'Accept-Encoding' })
  if (request.fresh) {
    response.status(304).end()
    return
  }
  if (!tile.bytes) {
    response.status(204).end()
    return
  }
  response.set('Content-Type', TYPE)
  if (request.acceptsEncodings('gzip')) response.set('Content-Encoding', 'gzip').end(tile.bytes)
  else response.end(gunzipSync(tile.bytes))
}
