import { addressKey } from '../auth/address.ts'
import type { Calls } from '../calls.ts'
import type { CaseReportService } from '../cases/case-report.service.ts'
import { Refusal } from '../errors.ts'
import type { Serve } from '../serve.ts'
import { memberCallFor } from './call-audience.ts'

export function callsRoutes(
  serve: Serve,
  { caller, desk, push, queries, now }: Calls,
  reports: CaseReportService,
): void {
  serve('calls.place', ({ body, request }) =>
    caller.place(body, request.ip === undefined ? null : addressKey(request.ip)),
  )
  serve('calls.follow', ({ body }) => caller.follow(body.secret))
  serve('calls.cancelOwn', ({ body }) => caller.cancel(body.secret))
  serve('calls.rate', ({ body }) => caller.rate(body))

  serve('push.key', async () => ({ publicKey: (await push.keys()).publicKey }))
  serve('push.subscribe', async ({ session, body }) => {
    await push.subscribe(session.idHash, body)
    return {}
  })
  serve('push.unsubscribe', async ({ session }) => {
    await push.unsubscribe(session.idHash)
    return {}
  })

  serve('calls.live', ({ viewer, grant }) => desk.live(viewer, grant))
  // Before the route that takes any id.
  serve('calls.own', async ({ viewer }) => {
    if (viewer.memberId === null) throw new Refusal('not_allowed', 'This account belongs to no member.')
    const row = await queries.ofMember(viewer.memberId)
    return { call: row && memberCallFor(row, now()) }
  })
  serve('calls.see', ({ viewer, grant, params }) => desk.see(viewer, grant, params.id))
  serve('calls.candidates', ({ viewer, grant, params }) => desk.candidates(viewer, grant, params.id))
  serve('calls.takeOver', async ({ viewer, grant, params, command }) => {
    await desk.takeOver(viewer, grant, params.id, command)
    return {}
  })
  serve('calls.assign', async ({ viewer, grant, params, body, command }) => {
    await desk.assign(viewer, grant, params.id, body.memberId, command)
    return {}
  })
  serve('calls.finish', async ({ viewer, grant, params, body, command }) => {
    await desk.finish(viewer, grant, params.id, body.note, command)
    return {}
  })
  serve('calls.cancel', async ({ viewer, grant, params, body, command }) => {
    await desk.cancel(viewer, grant, params.id, body.reason, command)
    return {}
  })
  serve('calls.placeFor', ({ viewer, body, command }) => desk.placeFor(viewer, body, command))
  serve('calls.toCase', async ({ viewer, grant, params, body, command }) =>
    reports.report(viewer, body, command, await desk.toBecomeCase(viewer, grant, params.id)),
  )
  serve('calls.merge', async ({ viewer, grant, params, body, command }) => {
    await desk.merge(viewer, grant, params.id, body.into, command)
    return {}
  })
}
