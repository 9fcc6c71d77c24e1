/** Pairing of trackers and gateways: who speaks for whom is settled here, never by a message. */
import { v7 as uuid } from 'uuid'
import type { BoundDevice, DevicePairing, Gateway, PairedDevice } from '#contract/duty'
import type { Audited } from '../audit/audited.ts'
import { hashSecret, newSecret } from '../auth/secrets.ts'
import type { Viewer } from '../auth/viewer.ts'
import { isDatabaseAway } from '../database/database-away.ts'
import { badInput, notFound, Refusal } from '../errors.ts'
import type { DevicesQueries, KnownDevice } from './devices.queries.ts'
import { pairingCode } from './pairing-codes.ts'

export type { KnownDevice }

/** A revoked key or a new binding works within this long. */
const GATEWAY_KNOWN_MS = 5_000
const SIMULATOR = '演示模拟器'
const SIMULATOR_REPORTS_EVERY_MS = 10_000

export interface KnownGateway {
  id: string
  name: string
  reportsEveryMs: number
  /** Device name → member. */
  members: ReadonlyMap<string, string>
}

export interface DevicesParts {
  queries: DevicesQueries
  change: Audited<DevicesQueries>
  now: () => number
}

export function createDevicesService({ queries, change, now }: DevicesParts) {
  const gateways = new Map<string, { gateway: KnownGateway | null; until: number }>()

  return {
    ofMember: (viewer: Viewer): Promise<PairedDevice[]> => queries.ofMember(memberOf(viewer)),

    async pair(
      viewer: Viewer,
      write: { source: PairedDevice['source']; name: string; reportsEverySeconds: number },
      origin: string,
    ): Promise<DevicePairing> {
      const memberId = memberOf(viewer)
      const secret = newSecret()
      const { source, name } = write
      const device = await change(async ({ queries: tx, audit }) => {
        const reportsEveryMs = write.reportsEverySeconds * 1000
        const paired = await tx.insert({
          id: uuid(),
          memberId,
          source,
          name,
          secretHash: hashSecret(secret),
          reportsEveryMs,
        })
        await audit(auditOf(viewer, 'device.pair', 'device', paired.id, { source }))
        return paired
      })
      return { device, secret, ...pairingCode(device, secret, origin) }
    },

    async revoke(viewer: Viewer, id: string): Promise<void> {
      await change(async ({ queries: tx, audit }) => {
        if (!(await tx.revoke(id, memberOf(viewer)))) throw notFound('This device')
        await audit(auditOf(viewer, 'device.revoke', 'device', id, {}))
      })
    },

    /** Whom a pairing secret stands for, or null. */
    identify: (secret: string): Promise<KnownDevice | null> => queries.bySecret(hashSecret(secret)),

    gateways: (): Promise<Gateway[]> => queries.gateways(),

    async bindingsOf(id: string): Promise<BoundDevice[]> {
      if (!(await queries.gateways()).some((known) => known.id === id)) throw notFound('This gateway')
      return queries.bindings(id)
    },

    async createGateway(viewer: Viewer | null, name: string, reportsEverySeconds: number) {
      const id = uuid()
      const key = newSecret()
      await change(async ({ queries: tx, audit }) => {
        await tx.insertGateway(id, name, hashSecret(key), reportsEverySeconds * 1000)
        await audit(auditOf(viewer, 'gateway.create', 'gateway', id, { name }))
      })
      const gateway = (await queries.gateways()).find((known) => known.id === id)
      if (!gateway) throw new Error('The gateway was not stored.')
      return { gateway, key }
    },

    async bindGateway(viewer: Viewer | null, id: string, devices: readonly { device: string; memberCode: string }[]) {
      gateways.clear()
      await change(async ({ queries: tx, audit }) => {
        if (!(await tx.gateways()).some((known) => known.id === id)) throw notFound('This gateway')
        if (new Set(devices.map(({ device }) => device)).size < devices.length)
          throw badInput('devices', 'a device is named twice')
        const unknown = await tx.bind(id, devices)
        if (unknown.length > 0)
          throw badInput('devices', `nobody has the roster code ${unknown.slice(0, 5).join(', ')}`)
        await audit(auditOf(viewer, 'gateway.bind', 'gateway', id, { devices: devices.length }))
      })
    },

    async revokeGateway(viewer: Viewer, id: string): Promise<void> {
      gateways.clear()
      await change(async ({ queries: tx, audit }) => {
        if (!(await tx.revokeGateway(id))) throw notFound('This gateway')
        await audit(auditOf(viewer, 'gateway.revoke', 'gateway', id, {}))
      })
    },

    /**
     * A fresh gateway for the demo's simulator that speaks for every active member; keys of earlier starts stop
     * working. null when this installation is no demo.
     */
    async openSimulatorGateway(): Promise<string | null> {
      const key = newSecret()
      return change(async ({ queries: tx }) => {
        if (!(await tx.isDemo())) return null
        await tx.revokeNamed(SIMULATOR)
        const id = uuid()
        await tx.insertGateway(id, SIMULATOR, hashSecret(key), SIMULATOR_REPORTS_EVERY_MS)
        await tx.bindEveryone(id)
        return key
      })
    },

    bound: (gateway: KnownGateway) => queries.bound(gateway.id),

    /**
     * The gateway of a key, or null. Remembered for some seconds: a batch must not cost a question. While the database
     * is away nobody can withdraw a key either, so one that was known goes on: the map keeps moving.
     */
    async gatewayOf(key: string): Promise<KnownGateway | null> {
      const hash = hashSecret(key)
      const name = hash.toString('base64')
      const known = gateways.get(name)
      if (known && known.until > now()) return known.gateway
      try {
        const row = await queries.gatewayByKey(hash)
        const gateway = row && { ...row, members: new Map(row.members) }
        if (gateway) gateways.set(name, { gateway, until: now() + GATEWAY_KNOWN_MS })
        else gateways.delete(name)
        return gateway
      } catch (error) {
        if (known && isDatabaseAway(error)) return known.gateway
        throw error
      }
    },
  }
}
export type DevicesService = ReturnType<typeof createDevicesService>

function memberOf(viewer: Viewer): string {
  if (viewer.memberId) return viewer.memberId
  throw new Refusal('not_allowed', 'This account belongs to no member, so it cannot pair a tracker.')
}

const auditOf = (
  actor: Viewer | null,
  action: string,
  resource: string,
  resourceId: string,
  detail: Record<string, unknown>,
) => ({
  actor,
  action,
  resource,
  resourceId,
  areaPath: null,
  detail,
})
