import { MAX_LOAD_BYTES } from '#contract/loads'
import type { Serve } from '../serve.ts'
import type { LoadsService } from './loads.service.ts'
import { receiveUpload } from './receive-upload.ts'

export function loadsRoutes(serve: Serve, loads: LoadsService, uploads: string): void {
  serve('loads.list', () => loads.list())
  serve('loads.see', ({ params }) => loads.see(params.id))
  serve('loads.run', async ({ viewer, query, request }) => {
    await loads.mustBeFree()
    return loads.run(viewer, await receiveUpload(request, uploads, MAX_LOAD_BYTES), query)
  })
  serve('loads.cancel', async ({ params }) => {
    await loads.cancel(params.id)
    return {}
  })
}
