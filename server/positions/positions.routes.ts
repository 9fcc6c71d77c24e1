import type { Serve } from '../serve.ts'
import type { NearestService } from './nearest.service.ts'
import type { TracksService } from './tracks.service.ts'

const NEAREST = 8

export function positionsRoutes(
  serve: Serve,
  { nearest, tracks }: { nearest: NearestService; tracks: TracksService },
): void {
  serve('positions.nearest', ({ viewer, query }) =>
    nearest.ask(viewer, [query.longitude, query.latitude], query.limit ?? NEAREST),
  )
  serve('positions.track', ({ viewer, grant, params, query }) =>
    tracks.read(viewer, grant, params.id, { from: query.from, to: query.to }, query.reason),
  )
  serve('positions.refusals', () => tracks.refusals())
}
