/**
 * Where trackers and gateways deliver positions. No cookie is read here, so no origin is asked for: identity is the
 * pairing secret or the gateway key. An answer is given after the positions are in the database.
 */
import express, { type ErrorRequestHandler, Router } from 'express'
import type { Fix, PositionSource } from '#contract/positions'
import { bearerOf } from '../devices/bearer.ts'
import type { DevicesService, KnownDevice } from '../devices/devices.service.ts'
import { receiveGatewayBatch } from './gateway-batch.ts'
import type { PositionsService } from './positions.service.ts'
import { readOsmAndFields, readOsmAndJson } from './sources/osmand.ts'
import { readOwnTracks } from './sources/owntracks.ts'
import { isRecord, type SourceReading } from './sources/source.ts'

const DEVICE_BODY = '64kb'
/** 5,000 fixes of 400 bytes. */
const GATEWAY_BODY = '2mb'

export interface IngestParts {
  devices: DevicesService
  positions: PositionsService
  now: () => number
}

export function ingestPages({ devices, positions, now }: IngestParts): Router {
  const router = Router()
  const deviceBody = [
    express.json({ limit: DEVICE_BODY, strict: false, type: ['application/json', 'application/*+json'] }),
    express.urlencoded({ extended: false, limit: DEVICE_BODY }),
  ]

  function take(
    device: Pick<KnownDevice, 'memberId' | 'reportsEveryMs'>,
    source: PositionSource,
    reading: SourceReading,
  ) {
    if (reading.malformed > 0) positions.refuse(source, 'malformed', reading.malformed)
    return reading.fixes.map((fix: Fix) =>
      positions.receive(device.memberId, fix, { source, reportsEveryMs: device.reportsEveryMs }),
    )
  }

  // OwnTracks takes any answer as delivered, so a bad point is counted and answered like a good one.
  router.post('/ingest/owntracks', deviceBody, async (request: express.Request, response: express.Response) => {
    const secret = basicPassword(request.get('authorization'))
    const device = secret === null ? null : await devices.identify(secret)
    if (device?.source !== 'owntracks') {
      positions.refuse('owntracks', 'unknownDevice')
      response.status(401).set('WWW-Authenticate', 'Basic realm="gelin"').json([])
      return
    }
    take(device, 'owntracks', readOwnTracks(request.body))
    await positions.durable()
    response.json([])
  })

  // Traccar Client tries again on 4xx, so what is refused for good is answered 200 and dropped.
  router.all('/ingest/osmand', deviceBody, async (request: express.Request, response: express.Response) => {
    const reading = request.is('json')
      ? readOsmAndJson(request.body, now())
      : readOsmAndFields({ ...request.query, ...(isRecord(request.body) ? request.body : {}) }, now())
    const device = reading.device === null ? null : await devices.identify(reading.device)
    if (device?.source !== 'osmand') {
      positions.refuse('osmand', 'unknownDevice')
      response.status(request.is('json') && reading.device !== null ? 404 : 400).end()
      return
    }
    take(device, 'osmand', reading)
    await positions.durable()
    response.status(200).end()
  })

  const gatewayBody = express.json({ limit: GATEWAY_BODY })
  router.post('/ingest/gateway', gatewayBody, async (request: express.Request, response: express.Response) => {
    const gateway = await devices.gatewayOf(bearerOf(request))
    if (!gateway) {
      positions.refuse('gateway', 'unknownDevice')
      response.status(401).json({ code: 'not_signed_in', message: 'This gateway key is not known here.' })
      return
    }
    const counts = receiveGatewayBatch(positions, gateway, request.body)
    if (!counts) {
      response.status(422).json({ code: 'bad_input', message: 'Send {"fixes": […]} with at most 5,000 fixes.' })
      return
    }
    await positions.durable()
    response.json(counts)
  })

  router.use('/ingest', badBody)
  return router
}

/** A body that cannot be read is no reason for a tracker to send it for ever. */
const badBody: ErrorRequestHandler = (error, request, response, next) => {
  if (!(error instanceof Error && 'type' in error)) return next(error)
  response.status(request.path === '/owntracks' ? 200 : 422).json([])
}

function basicPassword(header: string | undefined): string | null {
  const [scheme, encoded] = (header ?? '').split(' ', 2)
  if (scheme?.toLowerCase() !== 'basic' || !encoded) return null
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? null : text.slice(colon + 1)
}
