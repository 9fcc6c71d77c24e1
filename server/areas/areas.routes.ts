import type { Serve } from '../serve.ts'
import type { AreasService } from './areas.service.ts'

export function areasRoutes(serve: Serve, areas: AreasService): void {
  serve('areas.list', ({ viewer, grant }) => areas.list(viewer, grant), { isShared: true })
  serve('areas.leaders', ({ viewer, grant }) => areas.leaders(viewer, grant))
  serve('areas.card', ({ viewer, grant, params }) => areas.card(viewer, grant, params.id))
}
