import type { Serve } from '../serve.ts'
import type { DutyService } from './duty.service.ts'

export function dutyRoutes(serve: Serve, duty: DutyService): void {
  serve('duty.own', ({ viewer }) => duty.own(viewer))
  serve('duty.start', ({ viewer, body }) => duty.startOwn(viewer, body.noticeVersion))
  serve('duty.end', ({ viewer }) => duty.endOwn(viewer))
  serve('duty.list', async ({ viewer, grant }) => [...(await duty.readPeople(null))(viewer, grant).values()], {
    isShared: true,
  })
  serve('duty.forceEnd', async ({ viewer, grant, params }) => {
    await duty.forceEnd(viewer, grant, params.id)
    return {}
  })
}
