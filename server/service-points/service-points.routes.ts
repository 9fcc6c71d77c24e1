import type { Serve } from '../serve.ts'
import type { ServicePointsService } from './service-points.service.ts'

export function servicePointsRoutes(serve: Serve, points: ServicePointsService): void {
  serve('servicePoints.list', ({ viewer, grant }) => points.list(viewer, grant), { isShared: true })
  serve('servicePoints.create', ({ viewer, grant, body, command }) => points.create(viewer, grant, body, command))
  serve('servicePoints.change', ({ viewer, grant, params, body }) => points.change(viewer, grant, params.id, body))
  serve('servicePoints.closeToday', ({ viewer, grant, params, body }) =>
    points.closeToday(viewer, grant, params.id, body),
  )
}
