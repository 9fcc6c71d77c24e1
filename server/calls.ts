/** Calls put together: who is on duty and where, the walking network, rules out of the settings, the clock. */
import { isIP } from 'node:net'
import * as z from 'zod/mini'
import { type CallRules, callRuleChanges, defaultCallRules } from '#contract/calls'
import type { LonLat } from '#contract/geo'
import { audited } from './audit/audited.ts'
import type { TellCaller } from './caller-live.ts'
import type { HelperWhereabouts } from './calls/call-audience.ts'
import { createCallDeskService } from './calls/call-desk.service.ts'
import { createCallerService } from './calls/caller.service.ts'
import { CALLER_MOVES_LOOK_MS, createCallerFanOut } from './calls/caller-fan-out.ts'
import { callsQueries } from './calls/calls.queries.ts'
import { createCallsService } from './calls/calls.service.ts'
import { createCallsSweeper, SWEEP_CALLS_EVERY_MS } from './calls/calls.sweeper.ts'
import { createPushService } from './calls/push.service.ts'
import { createPushChannel } from './calls/push-channel.ts'
import { type CallPerson, type RankQuestion, rankCandidates } from './calls/rank-candidates.ts'
import { ringQueries } from './calls/ring.queries.ts'
import { type RingChannel, ringTogether } from './calls/ring-channel.ts'
import { isOnInternet, postOut } from './calls/send-out.ts'
import { createSocketChannel, memberTeller } from './calls/socket-channel.ts'
import { talkQueries } from './calls/talk.queries.ts'
import { createTalkService, type IceConfig } from './calls/talk.service.ts'
import { createWebhookChannel, type RingWebhook } from './calls/webhook-channel.ts'
import type { Database } from './database/connect.ts'
import { districtQueries } from './district/district.queries.ts'
import { knownTimeZone } from './district/district.service.ts'
import { Refusal } from './errors.ts'
import type { LiveClient } from './live.ts'
import { every } from './positions/every.ts'
import type { LiveStore } from './positions/live-store.ts'
import { walkingQueries } from './walking/walking.queries.ts'
import { createWalkingService } from './walking/walking.service.ts'

const FORGET_EVERY_MS = 3_600_000
/** What push services are told where there is no public address. */
const NO_ADDRESS = 'mailto:nobody@example.invalid'
/** Rules and time zone are read again this often. */
const SETTINGS_EVERY_MS = 10_000
/** Who is on duty is read again when a ranking needs it and this has passed; whoever left meanwhile is left out at once. */
const PEOPLE_KEPT_MS = 2_000

export interface CallsRequirements {
  db: Database
  now: () => number
  onFault: (error: unknown) => void
  life: { store: LiveStore; isOnDuty: (memberId: string) => boolean }
  clients: () => Iterable<LiveClient>
  /** Instead of all that rings. */
  channel?: RingChannel
  webhook?: RingWebhook | null
  /** Tells the pages of one call's caller. */
  tellCaller?: TellCaller
  ice?: IceConfig
  /** Our address, by which push services may find who sends. */
  homeOrigin?: () => string
  /** Where pushes may go besides the internet: a test's own push service. */
  pushTo?: (url: URL) => boolean
}

export function createCalls({ db, now, onFault, life, clients, ...more }: CallsRequirements) {
  const { channel, webhook = null, homeOrigin = () => '', pushTo = () => false } = more
  const { tellCaller = () => {}, ice = { urls: [], turnSecret: null } } = more
  const queries = callsQueries(db)
  const walking = createWalkingService({ queries: walkingQueries(db) })
  let rules: CallRules = defaultCallRules
  let timeZone = knownTimeZone(undefined)
  let people: { readAt: number; list: Promise<CallPerson[]> } | null = null

  async function readSettings(): Promise<void> {
    timeZone = knownTimeZone((await districtQueries(db).settings()).timeZone)
    const found = z.safeParse(callRuleChanges, await queries.ruleSettings())
    // A slip in a setting must not stop the calls: what held before holds on.
    if (found.success) rules = { ...defaultCallRules, ...(found.data as Partial<CallRules>) }
    else onFault(new Error(`The setting callRules cannot be read: ${found.error.message}`))
  }

  function peopleOnDuty(): Promise<CallPerson[]> {
    if (people && now() - people.readAt < PEOPLE_KEPT_MS && now() >= people.readAt) return people.list
    const list = queries.peopleOnDuty()
    people = { readAt: now(), list }
    list.catch(() => {
      people = null
    })
    return list
  }

  async function rank(question: RankQuestion) {
    const onDuty = (await peopleOnDuty()).filter(({ memberId }) => life.isOnDuty(memberId))
    const ways = walking.from(question.place)
    return rankCandidates({ store: life.store, people: onDuty, ways, rules, now: now() }, question)
  }

  function whereaboutsOf(memberId: string, place: LonLat): HelperWhereabouts | null {
    const slot = life.store.slotOf(memberId)
    if (slot === undefined) return null
    const position: LonLat = [life.store.longitudeAt(slot), life.store.latitudeAt(slot)]
    const walk = walking.from(place)?.to(position)
    const seconds = typeof walk === 'object' ? walk.metres / rules.walkingMetresPerSecond : null
    return { position, minutes: seconds === null ? null : Math.ceil(seconds / 60) }
  }

  const rings = ringQueries(db)
  const push = createPushService({
    queries: rings,
    together: (work) => db.transaction((tx) => work(ringQueries(tx))),
    mayReach: (url) => pushTo(url) || mayBePushService(url),
  })
  const channels = [
    createSocketChannel(clients),
    createPushChannel({
      queries: rings,
      push,
      subject: () => (homeOrigin().startsWith('https:') ? homeOrigin() : NO_ADDRESS),
      send: (outgoing) => postOut(outgoing, pushTo(outgoing.url) ? 'anywhere' : 'internet'),
      now,
      onFault,
    }),
  ]
  if (webhook)
    channels.push(
      createWebhookChannel({
        webhook,
        queries: rings,
        send: (outgoing) => postOut(outgoing, 'anywhere'),
        onDelivered: (memberId, offerId) => calls.delivered(memberId, offerId).catch(unlessOver),
        now,
        onFault,
      }),
    )

  const calls = createCallsService({
    queries,
    change: audited(db, callsQueries),
    channel: channel ?? ringTogether(channels, onFault),
    rank,
    rules: () => rules,
    timeZone: async () => timeZone,
    now,
  })
  const caller = createCallerService({ calls, whereaboutsOf, now })
  const callers = createCallerFanOut({ read: calls.followed, viewOf: caller.viewOf, now })
  const tellMember = memberTeller(clients)
  const talk = createTalkService({
    queries: talkQueries(db),
    together: (work) => db.transaction((tx) => work(talkQueries(tx))),
    tellCaller: {
      said: (callId, message) => tellCaller(callId, 'talk:said', message),
      signal: (callId, signal) => tellCaller(callId, 'talk:signal', signal),
    },
    tellMember: {
      said: (memberId, callId, message) =>
        tellMember(memberId, (client) => client.tell('talk:said', { callId, message })),
      signal: (memberId, callId, signal) =>
        tellMember(memberId, (client) => client.tell('talk:signal', { callId, signal })),
    },
    ice,
    now,
  })
  const sweeper = createCallsSweeper({ queries, calls, now, onFault })
  let stops: (() => void)[] = []

  return {
    calls,
    queries,
    desk: createCallDeskService({ queries, calls, rules: () => rules, now }),
    caller,
    callers: {
      ...callers,
      /** What was merged into a call is told with it. */
      changed: async (ids: readonly string[]) => {
        if (ids.length === 0) return
        await callers.changed([...ids, ...(await queries.mergedInto(ids)).map(({ id }) => id)])
      },
    },
    push,
    talk,
    sweeper,
    walking,
    now,
    readSettings,

    /** Begins to act on what is due; the network is built beside it. */
    async start(): Promise<void> {
      await readSettings()
      await talk.forget()
      void walking.rebuild().catch(onFault)
      stops = [
        every(SWEEP_CALLS_EVERY_MS, () => sweeper.sweep(), onFault),
        every(SETTINGS_EVERY_MS, readSettings, onFault),
        every(FORGET_EVERY_MS, talk.forget, onFault),
        every(CALLER_MOVES_LOOK_MS, async () => callers.move(), onFault),
      ]
    },

    async stop(): Promise<void> {
      for (const stop of stops) stop()
      await sweeper.stop().catch(onFault)
    },
  }
}
export type Calls = ReturnType<typeof createCalls>

/** An https address of a name, or of a number on the internet; where the name leads is looked at when it is used. */
function mayBePushService({ protocol, username, password, hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return protocol === 'https:' && username === '' && password === '' && (isIP(host) === 0 || isOnInternet(host))
}

/** It was answered, or its time was up, before the gateway said that it rings. */
function unlessOver(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}
