import type { Serve } from '../serve.ts'
import type { BuildingsService } from './buildings.service.ts'

export function buildingsRoutes(serve: Serve, buildings: BuildingsService): void {
  serve('buildings.see', ({ viewer, grant, params }) => buildings.see(viewer, grant, params.id))
}
