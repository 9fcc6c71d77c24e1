/** What a gateway may do besides delivering positions: see its devices, set their duty, report cases in their name. */
import express, { Router } from 'express'
import * as z from 'zod/mini'
import { gatewayCase, gatewayDuty } from '#contract/duty'
import { EVERYWHERE } from '#contract/roles'
import type { Viewer } from '../auth/viewer.ts'
import type { CaseReportService } from '../cases/case-report.service.ts'
import type { DutyService } from '../duty/duty.service.ts'
import { badInput, Refusal } from '../errors.ts'
import { bearerOf } from './bearer.ts'
import type { DevicesService, KnownGateway } from './devices.service.ts'

const BODY = '64kb'

export interface GatewayParts {
  devices: DevicesService
  duty: DutyService
  isOnDuty(memberId: string): boolean
  reports: () => CaseReportService
}

export function gatewayPages({ devices, duty, isOnDuty, reports }: GatewayParts): Router {
  const router = Router()
  const body = express.json({ limit: BODY })

  async function gatewayOf(request: express.Request): Promise<KnownGateway> {
    const gateway = await devices.gatewayOf(bearerOf(request))
    if (!gateway) throw new Refusal('not_signed_in', 'This gateway key is not known here.')
    return gateway
  }

  router.get('/ingest/gateway/devices', async (request, response) => {
    const bound = await devices.bound(await gatewayOf(request))
    response.json(bound.map(({ device, memberId, home }) => ({ device, home, isOnDuty: isOnDuty(memberId) })))
  })

  router.post('/ingest/gateway/duty', body, async (request, response) => {
    const gateway = await gatewayOf(request)
    const { device, isOn } = read(gatewayDuty, request.body)
    const memberId = memberOf(gateway, device)
    if (isOn) await duty.start(memberId)
    else await duty.end(memberId, 'gateway', null)
    response.json({ isOn })
  })

  router.post('/ingest/gateway/cases', body, async (request, response) => {
    const gateway = await gatewayOf(request)
    const { device, case: report } = read(gatewayCase, request.body)
    const viewer = speakingFor(gateway, memberOf(gateway, device))
    response.json(await reports().report(viewer, report, null))
  })

  return router
}

function read<Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = z.safeParse(schema, input ?? {})
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw badInput(issue?.path.join('.') || 'body', issue?.message ?? 'cannot be read')
}

function memberOf({ members }: KnownGateway, device: string): string {
  const memberId = members.get(device)
  if (memberId === undefined) throw badInput('device', 'no member is bound to this device under this key')
  return memberId
}

/** A report through a gateway is on record as the gateway's, for a member. */
const speakingFor = ({ id, name }: KnownGateway, memberId: string): Viewer => ({
  accountId: id,
  name,
  role: 'member',
  scope: [EVERYWHERE],
  memberId,
  departmentId: null,
})
