/**
 * Every HTTP route: method, path, what goes in, what comes out, and which policy action it asks.
 * A route that is not here cannot be served (server/serve.ts) or called (client/api/call.ts).
 */
import * as z from 'zod/mini'
import {
  account,
  accountChange,
  accountCreate,
  passwordChange,
  passwordSignIn,
  sessionView,
  signInLink,
} from './accounts.ts'
import { area, areaCard, areaLeaders } from './areas.ts'
import { building } from './buildings.ts'
import {
  callBySecret,
  callDetail,
  callerView,
  callFor,
  callPlace,
  callRanking,
  callRate,
  callReason,
  callSettings,
  liveCallList,
  memberCall,
} from './calls.ts'
import { caseDetail, caseReport, category, openCaseList } from './cases.ts'
import { auditEntry, department, district, searchHit } from './district.ts'
import {
  boundDevice,
  devicePairing,
  deviceWrite,
  dutyPerson,
  gateway,
  gatewayBinding,
  gatewayCreated,
  gatewayWrite,
  ownDuty,
  pairedDevice,
  refusalCount,
  track,
} from './duty.ts'
import { loadOptions, loadReport } from './loads.ts'
import { member, memberWrite, team, teamWrite } from './members.ts'
import { placeCodeSheet, placeCodeWish } from './place-codes.ts'
import { nearbyPerson } from './positions.ts'
import { pushSubscription } from './push.ts'
import { followSecret, foundPlace, reportProgress, residentHome, residentReport } from './resident.ts'
import type { Action } from './roles.ts'
import { servicePoint, servicePointWrite } from './service-points.ts'
import { optionalText, requiredText, typedText } from './text.ts'

type Schema = z.ZodMiniType
const nothing = z.strictObject({})
const byId = z.strictObject({ id: z.uuid() })
/** Query strings arrive as text. */
const wholeNumber = (min: number, max: number) =>
  z.pipe(
    z.string().check(z.regex(/^-?[0-9]{1,9}$/)),
    z.pipe(z.transform(Number), z.int().check(z.gte(min), z.lte(max))),
  )
const page = { before: z.optional(wholeNumber(1, 999_999_999)), limit: z.optional(wholeNumber(1, 500)) }

const decimal = (min: number, max: number) =>
  z.pipe(
    z.string().check(z.regex(/^-?[0-9]{1,3}(\.[0-9]{1,15})?$/)),
    z.pipe(z.transform(Number), z.number().check(z.gte(min), z.lte(max))),
  )
/** Milliseconds since the epoch. */
const wholeMillis = z.pipe(z.string().check(z.regex(/^[0-9]{1,14}$/)), z.transform(Number))

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Express path. */
  path: string
  /** The policy row asked; `public` needs no session. */
  action: Action | 'public'
  params: Schema
  query: Schema
  body: Schema
  response: Schema
  /** The body is the file itself (application/octet-stream), not JSON. */
  isUpload: boolean
}

const route = <
  P extends Schema = typeof nothing,
  Q extends Schema = typeof nothing,
  B extends Schema = typeof nothing,
  R extends Schema = typeof nothing,
>(definition: {
  method: Route['method']
  path: string
  action: Action | 'public'
  params?: P
  query?: Q
  body?: B
  response?: R
  isUpload?: boolean
}) => ({
  method: definition.method,
  path: definition.path,
  action: definition.action,
  params: (definition.params ?? nothing) as P,
  query: (definition.query ?? nothing) as Q,
  body: (definition.body ?? nothing) as B,
  response: (definition.response ?? nothing) as R,
  isUpload: definition.isUpload ?? false,
})

export const routes = {
  'session.see': route({ method: 'GET', path: '/api/session', action: 'public', response: z.nullable(sessionView) }),
  'session.signIn': route({
    method: 'POST',
    path: '/api/session',
    action: 'public',
    body: passwordSignIn,
    response: sessionView,
  }),
  'session.signOut': route({ method: 'DELETE', path: '/api/session', action: 'public' }),
  'session.touch': route({
    method: 'POST',
    path: '/api/session/activity',
    action: 'session.use',
    response: sessionView,
  }),
  'session.setPassword': route({
    method: 'PUT',
    path: '/api/session/password',
    action: 'session.use',
    body: passwordChange,
    response: sessionView,
  }),
  'session.unlock': route({
    method: 'POST',
    path: '/api/session/unlock',
    action: 'public',
    body: z.strictObject({ password: z.string().check(z.minLength(1), z.maxLength(200)) }),
    response: sessionView,
  }),

  'district.see': route({ method: 'GET', path: '/api/district', action: 'session.use', response: district }),
  'search.run': route({
    method: 'GET',
    path: '/api/search',
    action: 'area.see',
    query: z.strictObject({ q: requiredText(60) }),
    response: z.array(searchHit),
  }),

  'areas.list': route({ method: 'GET', path: '/api/areas', action: 'area.see', response: z.array(area) }),
  'areas.leaders': route({
    method: 'GET',
    path: '/api/areas/leaders',
    action: 'member.see',
    response: z.array(areaLeaders),
  }),
  'areas.card': route({
    method: 'GET',
    path: '/api/areas/:id/card',
    action: 'area.see',
    params: byId,
    response: areaCard,
  }),
  'buildings.see': route({
    method: 'GET',
    path: '/api/buildings/:id',
    action: 'building.see',
    params: byId,
    response: building,
  }),

  'servicePoints.list': route({
    method: 'GET',
    path: '/api/service-points',
    action: 'servicePoint.see',
    response: z.array(servicePoint),
  }),
  'servicePoints.create': route({
    method: 'POST',
    path: '/api/service-points',
    action: 'servicePoint.manage',
    body: servicePointWrite,
    response: servicePoint,
  }),
  'servicePoints.change': route({
    method: 'PUT',
    path: '/api/service-points/:id',
    action: 'servicePoint.manage',
    params: byId,
    body: z.strictObject({ ...servicePointWrite.shape, version: z.int() }),
    response: servicePoint,
  }),
  'servicePoints.closeToday': route({
    method: 'PUT',
    path: '/api/service-points/:id/closed-today',
    action: 'servicePoint.manage',
    params: byId,
    body: z.strictObject({ isClosed: z.boolean(), reason: optionalText(60), version: z.int() }),
    response: servicePoint,
  }),

  'cases.open': route({ method: 'GET', path: '/api/cases/open', action: 'case.see', response: openCaseList }),
  'cases.see': route({ method: 'GET', path: '/api/cases/:id', action: 'case.see', params: byId, response: caseDetail }),
  'cases.report': route({
    method: 'POST',
    path: '/api/cases',
    action: 'case.report',
    body: caseReport,
    response: z.object({ id: z.string(), code: z.string() }),
  }),
  'categories.list': route({
    method: 'GET',
    path: '/api/categories',
    action: 'session.use',
    response: z.array(category),
  }),

  'members.list': route({
    method: 'GET',
    path: '/api/members',
    action: 'member.see',
    query: z.strictObject({
      q: z.optional(typedText(60)),
      areaId: z.optional(z.uuid()),
      after: z.optional(typedText(60)),
      limit: page.limit,
    }),
    response: z.object({ members: z.array(member), total: z.number(), next: z.nullable(z.string()) }),
  }),
  'members.see': route({
    method: 'GET',
    path: '/api/members/:id',
    action: 'member.see',
    params: byId,
    response: member,
  }),
  'members.create': route({
    method: 'POST',
    path: '/api/members',
    action: 'person.manage',
    body: memberWrite,
    response: member,
  }),
  'members.change': route({
    method: 'PUT',
    path: '/api/members/:id',
    action: 'person.manage',
    params: byId,
    body: z.strictObject({ ...memberWrite.shape, isActive: z.boolean(), version: z.int() }),
    response: member,
  }),

  'teams.list': route({ method: 'GET', path: '/api/teams', action: 'member.see', response: z.array(team) }),
  'teams.create': route({ method: 'POST', path: '/api/teams', action: 'team.manage', body: teamWrite, response: team }),
  'teams.change': route({
    method: 'PUT',
    path: '/api/teams/:id',
    action: 'team.manage',
    params: byId,
    body: z.strictObject({ ...teamWrite.shape, version: z.int() }),
    response: team,
  }),

  'departments.list': route({
    method: 'GET',
    path: '/api/departments',
    action: 'session.use',
    response: z.array(department),
  }),

  'accounts.list': route({
    method: 'GET',
    path: '/api/accounts',
    action: 'account.manage',
    response: z.array(account),
  }),
  'accounts.create': route({
    method: 'POST',
    path: '/api/accounts',
    action: 'account.manage',
    body: accountCreate,
    response: account,
  }),
  'accounts.change': route({
    method: 'PATCH',
    path: '/api/accounts/:id',
    action: 'account.manage',
    params: byId,
    body: accountChange,
    response: account,
  }),
  'accounts.link': route({
    method: 'POST',
    path: '/api/accounts/:id/sign-in-link',
    action: 'account.manage',
    params: byId,
    response: signInLink,
  }),

  'loads.list': route({ method: 'GET', path: '/api/loads', action: 'load.see', response: z.array(loadReport) }),
  'loads.see': route({ method: 'GET', path: '/api/loads/:id', action: 'load.see', params: byId, response: loadReport }),
  'loads.run': route({
    method: 'POST',
    path: '/api/loads',
    action: 'load.run',
    query: loadOptions,
    response: loadReport,
    isUpload: true,
  }),
  'loads.cancel': route({ method: 'DELETE', path: '/api/loads/:id', action: 'load.run', params: byId }),

  'duty.own': route({ method: 'GET', path: '/api/duty/own', action: 'duty.own', response: ownDuty }),
  'duty.start': route({
    method: 'POST',
    path: '/api/duty/own',
    action: 'duty.own',
    body: z.strictObject({ noticeVersion: z.int() }),
    response: ownDuty,
  }),
  'duty.end': route({ method: 'DELETE', path: '/api/duty/own', action: 'duty.own', response: ownDuty }),
  'duty.list': route({ method: 'GET', path: '/api/duty', action: 'onDuty.see', response: z.array(dutyPerson) }),
  'duty.forceEnd': route({ method: 'DELETE', path: '/api/members/:id/duty', action: 'duty.forceEnd', params: byId }),

  'devices.list': route({
    method: 'GET',
    path: '/api/devices',
    action: 'duty.own',
    response: z.array(pairedDevice),
  }),
  'devices.pair': route({
    method: 'POST',
    path: '/api/devices',
    action: 'duty.own',
    body: deviceWrite,
    response: devicePairing,
  }),
  'devices.revoke': route({ method: 'DELETE', path: '/api/devices/:id', action: 'duty.own', params: byId }),

  'gateways.list': route({
    method: 'GET',
    path: '/api/gateways',
    action: 'gateway.manage',
    response: z.array(gateway),
  }),
  'gateways.create': route({
    method: 'POST',
    path: '/api/gateways',
    action: 'gateway.manage',
    body: gatewayWrite,
    response: gatewayCreated,
  }),
  'gateways.devices': route({
    method: 'GET',
    path: '/api/gateways/:id/devices',
    action: 'gateway.manage',
    params: byId,
    response: z.array(boundDevice),
  }),
  'gateways.bind': route({
    method: 'PUT',
    path: '/api/gateways/:id/devices',
    action: 'gateway.manage',
    params: byId,
    body: gatewayBinding,
  }),
  'gateways.revoke': route({ method: 'DELETE', path: '/api/gateways/:id', action: 'gateway.manage', params: byId }),

  /** People ranked by how far they can be at worst, and those left out with why. */
  'positions.nearest': route({
    method: 'GET',
    path: '/api/positions/nearest',
    action: 'nearest.ask',
    query: z.strictObject({
      longitude: decimal(-180, 180),
      latitude: decimal(-90, 90),
      limit: z.optional(wholeNumber(1, 50)),
    }),
    response: z.object({ ranked: z.array(nearbyPerson), leftOut: z.array(nearbyPerson) }),
  }),
  /** Where a member went, only with a reason, which he can read. */
  'positions.track': route({
    method: 'GET',
    path: '/api/members/:id/track',
    action: 'track.see',
    params: byId,
    query: z.strictObject({ from: wholeMillis, to: wholeMillis, reason: requiredText(200) }),
    response: track,
  }),
  'positions.refusals': route({
    method: 'GET',
    path: '/api/positions/refusals',
    action: 'fixRefusal.see',
    response: z.array(refusalCount),
  }),

  /** Grids and buildings of an area with the codes on their QR. */
  'placeCodes.sheet': route({
    method: 'GET',
    path: '/api/place-codes',
    action: 'placeCode.manage',
    query: z.strictObject({ areaId: z.uuid() }),
    response: placeCodeSheet,
  }),
  'placeCodes.create': route({
    method: 'POST',
    path: '/api/place-codes',
    action: 'placeCode.manage',
    body: placeCodeWish,
    response: z.object({ made: z.number() }),
  }),
  'placeCodes.revoke': route({
    method: 'DELETE',
    path: '/api/place-codes/:id',
    action: 'placeCode.manage',
    params: byId,
  }),

  /** What anybody may read about a place, told by one code, id or position; without any, about the district. */
  'resident.home': route({
    method: 'GET',
    path: '/api/resident/home',
    action: 'public',
    query: z
      .strictObject({
        code: z.optional(typedText(40)),
        buildingId: z.optional(z.uuid()),
        gridId: z.optional(z.uuid()),
        longitude: z.optional(decimal(-180, 180)),
        latitude: z.optional(decimal(-90, 90)),
      })
      .check(z.refine(({ longitude, latitude }) => (longitude === undefined) === (latitude === undefined))),
    response: residentHome,
  }),
  'resident.places': route({
    method: 'GET',
    path: '/api/resident/places',
    action: 'public',
    query: z.strictObject({ q: requiredText(40) }),
    response: z.array(foundPlace),
  }),
  'resident.report': route({
    method: 'POST',
    path: '/api/resident/reports',
    action: 'public',
    body: residentReport,
    response: reportProgress,
  }),
  /** The secret goes in the body: addresses end up in logs. */
  'resident.progress': route({
    method: 'POST',
    path: '/api/resident/reports/progress',
    action: 'public',
    body: z.strictObject({ secret: followSecret }),
    response: reportProgress,
  }),

  /** By the secret that the caller's page made: no session, and the secret in no address. */
  'calls.place': route({
    method: 'POST',
    path: '/api/calls',
    action: 'public',
    body: callPlace,
    response: callerView,
  }),
  'calls.follow': route({
    method: 'POST',
    path: '/api/calls/own/follow',
    action: 'public',
    body: callBySecret,
    response: callerView,
  }),
  'calls.cancelOwn': route({
    method: 'POST',
    path: '/api/calls/own/cancel',
    action: 'public',
    body: callBySecret,
    response: callerView,
  }),
  'calls.rate': route({
    method: 'POST',
    path: '/api/calls/own/rating',
    action: 'public',
    body: callRate,
    response: callerView,
  }),
  /** Waking the phone of this session when a call rings. */
  'push.key': route({
    method: 'GET',
    path: '/api/push/key',
    action: 'call.answer',
    response: z.object({ publicKey: z.string() }),
  }),
  'push.subscribe': route({
    method: 'PUT',
    path: '/api/push/subscription',
    action: 'call.answer',
    body: pushSubscription,
  }),
  'push.unsubscribe': route({ method: 'DELETE', path: '/api/push/subscription', action: 'call.answer' }),
  'calls.live': route({ method: 'GET', path: '/api/calls', action: 'call.see', response: liveCallList }),
  /** What a member is asked, or comes to. */
  'calls.own': route({
    method: 'GET',
    path: '/api/calls/asked',
    action: 'call.answer',
    response: z.object({ call: z.nullable(memberCall) }),
  }),
  'calls.see': route({ method: 'GET', path: '/api/calls/:id', action: 'call.see', params: byId, response: callDetail }),
  /** Who could be asked, in which order, and everybody left out with why. */
  'calls.candidates': route({
    method: 'GET',
    path: '/api/calls/:id/candidates',
    action: 'call.assign',
    params: byId,
    response: callRanking,
  }),
  'calls.takeOver': route({ method: 'POST', path: '/api/calls/:id/take-over', action: 'call.assign', params: byId }),
  'calls.assign': route({
    method: 'POST',
    path: '/api/calls/:id/assignment',
    action: 'call.assign',
    params: byId,
    body: z.strictObject({ memberId: z.uuid() }),
  }),
  'calls.finish': route({
    method: 'POST',
    path: '/api/calls/:id/end',
    action: 'call.assign',
    params: byId,
    body: z.strictObject({ note: callReason }),
  }),
  'calls.cancel': route({
    method: 'POST',
    path: '/api/calls/:id/cancellation',
    action: 'call.cancel',
    params: byId,
    body: z.strictObject({ reason: callReason }),
  }),

  'calls.placeFor': route({
    method: 'POST',
    path: '/api/calls/on-behalf',
    action: 'call.onBehalf',
    body: callFor,
    response: z.object({ id: z.string(), code: z.string() }),
  }),
  /** A call, live or ended, becomes a case. */
  'calls.toCase': route({
    method: 'POST',
    path: '/api/calls/:id/case',
    action: 'call.assign',
    params: byId,
    body: caseReport,
    response: z.object({ id: z.string(), code: z.string() }),
  }),
  /** It goes on in another live call about the same thing. */
  'calls.merge': route({
    method: 'POST',
    path: '/api/calls/:id/merging',
    action: 'call.assign',
    params: byId,
    body: z.strictObject({ into: z.uuid() }),
  }),

  'settings.calls': route({
    method: 'GET',
    path: '/api/settings/calls',
    action: 'settings.manage',
    response: callSettings,
  }),
  'settings.changeCalls': route({
    method: 'PUT',
    path: '/api/settings/calls',
    action: 'settings.manage',
    body: callSettings,
    response: callSettings,
  }),

  'audit.list': route({
    method: 'GET',
    path: '/api/audit',
    action: 'audit.see',
    query: z.strictObject(page),
    response: z.array(auditEntry),
  }),
} as const satisfies Record<string, Route>

export type RouteId = keyof typeof routes
export const routeIds = Object.keys(routes) as RouteId[]

/** What a handler receives (after parsing) and a caller sends (before it). */
export type Params<Id extends RouteId> = z.output<(typeof routes)[Id]['params']>
export type Query<Id extends RouteId> = z.output<(typeof routes)[Id]['query']>
export type Body<Id extends RouteId> = z.output<(typeof routes)[Id]['body']>
export type Response<Id extends RouteId> = z.output<(typeof routes)[Id]['response']>
export type SentParams<Id extends RouteId> = z.input<(typeof routes)[Id]['params']>
export type SentQuery<Id extends RouteId> = z.input<(typeof routes)[Id]['query']>
export type SentBody<Id extends RouteId> = z.input<(typeof routes)[Id]['body']>

/** Addresses that are not JSON routes. Each is public or asks the named action; the policy walk covers them too. */
export const pages = {
  healthz: { method: 'GET', path: '/healthz', action: 'public' },
  readyz: { method: 'GET', path: '/readyz', action: 'public' },
  /** The certificate authority of a trial with --tls. */
  caCertificate: { method: 'GET', path: '/ca.crt', action: 'public' },
  signInPage: { method: 'GET', path: '/sign-in/:token', action: 'public' },
  signInConsume: { method: 'POST', path: '/sign-in/:token', action: 'public' },
  /** Where the QR on a building leads: the residents' page, knowing the place. */
  placeCode: { method: 'GET', path: '/g/:code', action: 'public' },
  baseTile: { method: 'GET', path: '/tiles/base/:version/:z/:x/:y', action: 'base.see' },
  ownTracks: { method: 'POST', path: '/ingest/owntracks', action: 'public' },
  osmAnd: { method: 'POST', path: '/ingest/osmand', action: 'public' },
  gateway: { method: 'POST', path: '/ingest/gateway', action: 'public' },
  gatewayDevices: { method: 'GET', path: '/ingest/gateway/devices', action: 'public' },
  gatewayDuty: { method: 'POST', path: '/ingest/gateway/duty', action: 'public' },
  gatewayCases: { method: 'POST', path: '/ingest/gateway/cases', action: 'public' },
  areaTile: { method: 'GET', path: '/tiles/areas/:version/:z/:x/:y', action: 'area.see' },
} as const satisfies Record<string, { method: Route['method']; path: string; action: Action | 'public' }>
