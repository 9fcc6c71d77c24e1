import type { Serve } from '../serve.ts'
import type { PlaceCodesService } from './place-codes.service.ts'

/** `homeOrigin`: what stands before "/g/…" in a QR, the public address where there is one. */
export function placeCodesRoutes(serve: Serve, codes: PlaceCodesService, homeOrigin: () => string): void {
  serve('placeCodes.sheet', ({ viewer, grant, query }) => codes.sheet(viewer, grant, query.areaId, homeOrigin()))
  serve('placeCodes.create', ({ viewer, grant, body }) => codes.create(viewer, grant, body))
  serve('placeCodes.revoke', async ({ viewer, grant, params }) => {
    await codes.revoke(viewer, grant, params.id)
    return {}
  })
}
