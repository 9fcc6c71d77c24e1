import type { Serve } from '../serve.ts'
import type { SearchService } from './search.service.ts'

export function searchRoutes(serve: Serve, search: SearchService): void {
  serve('search.run', ({ viewer, query }) => search.run(viewer, query.q))
}
