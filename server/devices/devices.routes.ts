import type { Serve } from '../serve.ts'
import type { DevicesService } from './devices.service.ts'

/** `originOf` gives the origin that a pairing code leads to, from the request's own. */
export function devicesRoutes(
  serve: Serve,
  devices: DevicesService,
  originOf: (origin: string | undefined) => string,
): void {
  serve('devices.list', ({ viewer }) => devices.ofMember(viewer))
  serve('devices.pair', ({ viewer, body, request }) => devices.pair(viewer, body, originOf(request.get('origin'))))
  serve('devices.revoke', async ({ viewer, params }) => {
    await devices.revoke(viewer, params.id)
    return {}
  })
  serve('gateways.list', () => devices.gateways())
  serve('gateways.create', ({ viewer, body }) => devices.createGateway(viewer, body.name, body.reportsEverySeconds))
  serve('gateways.devices', ({ params }) => devices.bindingsOf(params.id))
  serve('gateways.bind', async ({ viewer, params, body }) => {
    await devices.bindGateway(viewer, params.id, body.devices)
    return {}
  })
  serve('gateways.revoke', async ({ viewer, params }) => {
    await devices.revokeGateway(viewer, params.id)
    return {}
  })
}
