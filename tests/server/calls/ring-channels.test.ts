/** Every way of ringing besides an open page: what it sends, to whom it never sends, and what its answer means. */
import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { MemberCall } from '../../../contract/calls.ts'
import { pushMessage, pushSubscription } from '../../../contract/push.ts'
import { createPushService } from '../../../server/calls/push.service.ts'
import { createPushChannel } from '../../../server/calls/push-channel.ts'
import type { PushKeys, RingQueries } from '../../../server/calls/ring.queries.ts'
import { type RingChannel, ringTogether } from '../../../server/calls/ring-channel.ts'
import { isOnInternet, postOut } from '../../../server/calls/send-out.ts'
import { createWebhookChannel } from '../../../server/calls/webhook-channel.ts'
import { aBrowser, aSubscription, claimsOf, startPushService, unseal } from '../../support/push-service.ts'

const CALL: MemberCall = {
  callId: 'call-1',
  code: 'C-1',
  state: 'ringing',
  offerId: 'offer-1',
  position: [114.0123, 22.7456],
  wish: null,
  skill: 'plumber',
  note: '三楼 301 张秀英家水管爆了',
  way: 'network',
  wayMetres: 120,
  worstSeconds: 140,
  dueAt: 15_000,
  serverTime: 0,
}
const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
async function aServer(answer?: () => number) {
  const service = await startPushService(answer)
  stops.push(service.stop)
  return service
}

describe('addresses', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '2002:7f00:1::',
    '2001::1',
    'example',
    '',
  ])('%s is not on the internet', (address) => expect(isOnInternet(address)).toBe(false))

  it.each(['8.8.8.8', '203.119.1.1', '172.32.0.1', '2400:3200::1', '2606:4700::1111'])('%s is', (address) =>
    expect(isOnInternet(address)).toBe(true),
  )

  it.each([
    'http://8.8.8.8/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://localhost/',
    'ftp://8.8.8.8/',
  ])('nothing is posted to %s for a browser', async (address) => {
    const outgoing = { url: new URL(address), headers: {}, body: '', timeoutMs: 2_000 }
    await expect(postOut(outgoing, 'internet')).rejects.toThrow('does not lead to a server on the internet')
  })

  it.each([
    'http://push.example/x',
    'ftp://push.example/',
    'javascript:alert(1)',
    `https://p.example/${'a'.repeat(1_100)}`,
  ])('a browser cannot give %s', (endpoint) =>
    expect(pushSubscription.safeParse(aSubscription(endpoint)).success).toBe(false),
  )
})

describe('together', () => {
  const channel = (reach: RingChannel['reach'], log: string[] = []): RingChannel => ({
    reach,
    ring: (memberId) => void log.push(memberId),
    hush: () => {},
  })

  it('a page comes before anything else, and one that fails does not keep the others from ringing', async () => {
    const log: string[] = []
    const faults: unknown[] = []
    const all = ringTogether(
      [
        channel(async () => (id) => (id === 'both' || id === 'page' ? 'page' : null)),
        channel(async () => (id) => (id === 'both' || id === 'push' ? 'other' : null), log),
        channel(() => Promise.reject(new Error('away'))),
        {
          ...channel(async () => () => null),
          ring: () => {
            throw new Error('broken')
          },
        },
        channel(async () => () => null, log),
      ],
      (fault) => faults.push(fault),
    )
    const reach = await all.reach()
    expect(['both', 'page', 'push', 'none'].map(reach)).toEqual(['page', 'page', 'other', null])
    all.ring('both', CALL)
    expect([log, faults.length]).toEqual([['both', 'both'], 2])
  })
})

describe('Web Push', () => {
  async function aWorld(answer?: () => number) {
    const service = await aServer(answer)
    const browser = aBrowser()
    const subscriptions = [{ endpoint: `${service.origin}/to/1`, keys: browser.keys }]
    const faults: unknown[] = []
    let kept: PushKeys | null = null
    const queries = {
      keys: async () => kept,
      keepKeys: async (keys: PushKeys) => {
        kept ??= keys
        return kept
      },
      membersWithPush: async () => ['m1'],
      subscriptionsOf: async (_roles: unknown, memberId: string) => (memberId === 'm1' ? subscriptions : []),
      forgetEndpoint: async (endpoint: string) => {
        subscriptions.splice(
          subscriptions.findIndex((one) => one.endpoint === endpoint),
          1,
        )
      },
    } as unknown as RingQueries
    const push = createPushService({ queries, together: (work) => work(queries), mayReach: () => true })
    const channel = createPushChannel({
      queries,
      push,
      subject: () => 'https://gelin.example',
      send: (outgoing) => postOut(outgoing, 'anywhere'),
      now: Date.now,
      onFault: (fault) => faults.push(fault),
    })
    return { service, browser, subscriptions, push, channel, faults }
  }

  it('says to this browser alone that something rings, and neither who, where nor what was written', async () => {
    const { service, browser, push, channel, faults } = await aWorld()
    const reach = await channel.reach()
    expect([reach('m1'), reach('m2')]).toEqual(['other', null])
    channel.ring('m2', CALL)
    channel.ring('m1', CALL)
    await expect.poll(() => service.received.length).toBe(1)
    const [pushed] = service.received
    const said: unknown = JSON.parse(unseal(pushed?.body ?? Buffer.of(), browser))
    expect(said).toEqual({ kind: 'ring', offerId: 'offer-1', word: 'plumber' })
    expect(pushMessage.safeParse(said).success).toBe(true)
    expect(() => unseal(pushed?.body ?? Buffer.of(), aBrowser())).toThrow()
    expect(pushed?.body.includes('offer-1')).toBe(false)
    expect(pushed?.headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      urgency: 'high',
      ttl: '15',
      topic: 'ring',
    })
    const { publicKey } = await push.keys()
    const claims = claimsOf(pushed?.headers.authorization ?? '', publicKey)
    expect(claims).toMatchObject({ aud: service.origin, sub: 'https://gelin.example' })
    expect(claims.exp * 1000 - Date.now()).toBeLessThan(24 * 3_600_000)
    expect(faults).toEqual([])
  })

  it.each([404, 410])('forgets a browser of whom the service says %i, and no other', async (status) => {
    const { channel, subscriptions, faults } = await aWorld(() => status)
    subscriptions.push({ endpoint: 'https://push.example/2', keys: { p256dh: 'nothing', auth: 'at all' } })
    channel.ring('m1', CALL)
    await expect.poll(() => subscriptions).toEqual([])
    expect(faults).toEqual([])
  })

  it('keeps a browser when the service is only out of order, and says so', async () => {
    const { channel, subscriptions, faults } = await aWorld(() => 503)
    channel.ring('m1', CALL)
    await expect.poll(() => faults.length).toBe(1)
    expect(subscriptions).toHaveLength(1)
  })

  it('uses one pair of keys, whoever asks at the same moment', async () => {
    const { push } = await aWorld()
    const all = await Promise.all([push.keys(), push.keys(), push.keys()])
    expect(new Set(all.map(({ publicKey }) => publicKey)).size).toBe(1)
  })
})

describe('the webhook', () => {
  const SECRET = 'a secret that only the gateway knows'
  async function aWorld(answer?: () => number) {
    const gateway = await aServer(answer)
    const [delivered, faults]: [string[], unknown[]] = [[], []]
    const channel = createWebhookChannel({
      webhook: { url: `${gateway.origin}/ring`, secret: SECRET },
      queries: { contactOf: async (id) => (id === 'm1' ? { code: 'G-012', phone: '13800000000' } : null) },
      send: (outgoing) => postOut(outgoing, 'anywhere'),
      onDelivered: async (memberId, offerId) => void delivered.push(`${memberId} ${offerId}`),
      now: () => 1_700_000_000_000,
      onFault: (fault) => faults.push(fault),
    })
    return { gateway, channel, delivered, faults }
  }

  it('is signed over time and body, says neither place nor words, and its 2xx means that it rings', async () => {
    const { gateway, channel, delivered } = await aWorld()
    channel.ring('m1', CALL)
    await expect.poll(() => delivered).toEqual(['m1 offer-1'])
    const [{ headers, body } = { headers: {}, body: Buffer.of() }] = gateway.received
    const signature = createHmac('sha256', SECRET).update(`1700000000000.${body}`).digest('hex')
    expect(headers).toMatchObject({ 'x-gelin-timestamp': '1700000000000', 'x-gelin-signature': `sha256=${signature}` })
    expect(JSON.parse(body.toString())).toEqual({
      kind: 'ring',
      offerId: 'offer-1',
      code: 'C-1',
      word: 'plumber',
      dueAt: 15_000,
      member: { code: 'G-012', phone: '13800000000' },
    })
  })

  it('tries again while the gateway is out of order, and takes a refusal for an answer', async () => {
    const answers = [503, 500, 200]
    const patient = await aWorld(() => answers.shift() ?? 0)
    patient.channel.ring('m1', CALL)
    await expect.poll(() => patient.delivered.length, { timeout: 3_000 }).toBe(1)
    expect(patient.gateway.received).toHaveLength(3)
    const refused = await aWorld(() => 403)
    refused.channel.ring('m1', CALL)
    await expect.poll(() => refused.faults.length).toBe(1)
    expect([refused.gateway.received.length, refused.delivered.length]).toEqual([1, 0])
  })

  it('says when it is over', async () => {
    const { gateway, channel } = await aWorld()
    channel.hush('m1', 'offer-1')
    await expect.poll(() => gateway.received.length).toBe(1)
    expect(JSON.parse(gateway.received[0]?.body.toString() ?? '')).toMatchObject({ kind: 'over', offerId: 'offer-1' })
  })
})
