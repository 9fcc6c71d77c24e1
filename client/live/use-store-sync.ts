/** The stores in step with the server: facts one by one, lists by their versions, everything anew when neither will do. */
import type { ToldFact } from '#contract/facts'
import { failureCode } from '../api/failure.ts'
import { useAreas } from '../stores/areas.ts'
import { useCalls } from '../stores/calls.ts'
import { useClock } from '../stores/clock.ts'
import { useConnection } from '../stores/connection.ts'
import { useDistrict } from '../stores/district.ts'
import { useOnDuty } from '../stores/on-duty.ts'
import { useOpenCases } from '../stores/open-cases.ts'
import { usePeopleFrame } from '../stores/people-frame.ts'
import { useServicePoints } from '../stores/service-points.ts'
import { useSession } from '../stores/session.ts'
import { isAboutSession, useFailure } from '../use/use-failure.ts'
import { useApplyFact } from './apply-fact.ts'
import type { LiveSocket } from './connect.ts'
import { createFacts } from './facts.ts'
import { postpone } from './postpone.ts'
import { createRefetch } from './refetch.ts'

/** How long the server may take to say what was missed. */
const RESUME_WITHIN_MS = 8_000

export interface StoreSync {
  receive(told: ToldFact): void
  /** The link is up: first the facts that were missed, then whatever is behind. */
  comeIn(): Promise<void>
  /** Looks at the versions and reads whatever is behind them. */
  refetch(): Promise<void>
  isInStep(): boolean
  /** A data load ended: its rows come by no fact. */
  expectLoad(): void
  forget(): void
  stop(): void
}

export function useStoreSync(socket: LiveSocket): StoreSync {
  const session = useSession()
  const connection = useConnection()
  const clock = useClock()
  const district = useDistrict()
  const areas = useAreas()
  const servicePoints = useServicePoints()
  const openCases = useOpenCases()
  const calls = useCalls()
  const onDuty = useOnDuty()
  const people = usePeopleFrame()
  const fail = useFailure()
  const applyFact = useApplyFact()
  /** Everything told up to the last resuming has been applied. */
  let hasFacts = false

  function onFailure(error: unknown): void {
    // A session that locked or ended says nothing about the link.
    if (!isAboutSession(failureCode(error))) connection.lose()
    fail(error)
  }
  const readCases = async () => (session.may('case.see') ? facts.hold(openCases.refresh) : undefined)
  const readPoints = async () => (session.may('servicePoint.see') ? facts.hold(servicePoints.refresh) : undefined)
  const lists = {
    case: postpone(readCases, onFailure, Date.now),
    servicePoint: postpone(readPoints, onFailure, Date.now),
  }

  const refetch = createRefetch({
    async district() {
      const { serverTime, versions } = await district.refresh()
      clock.correct(serverTime, Date.now())
      return versions
    },
    layers: {
      base: null,
      areas: async () => (session.may('area.see') ? areas.refresh() : undefined),
      buildings: null,
      members: null,
      servicePoints: lists.servicePoint.read,
      cases: lists.case.read,
    },
    onFresh: () => connection.confirm(clock.now),
    onFailure,
  })

  const facts = createFacts({
    async ask(after) {
      const answer = await socket.timeout(RESUME_WITHIN_MS).emitWithAck('facts:resume', { after })
      if (!answer.ok) throw new Error(`Facts were refused: ${answer.code}`)
      return answer.value
    },
    apply(fact) {
      if (fact.kind === 'case' || fact.kind === 'servicePoint') lists[fact.kind].noteFact()
      applyFact(fact)
    },
    async startAfresh() {
      await Promise.all([
        lists.case.readNow(),
        lists.servicePoint.readNow(),
        session.may('onDuty.see') ? onDuty.refresh() : undefined,
        session.may('call.see') ? calls.refresh() : undefined,
      ])
    },
    // The heartbeat tries again; while the link is down that is no news for the person.
    onFailure() {
      hasFacts = false
    },
  })

  return {
    receive: facts.receive,
    refetch: refetch.resync,
    async comeIn() {
      hasFacts = true
      await facts.resume()
      await refetch.resync()
    },
    isInStep: () => hasFacts && refetch.isFresh(),
    expectLoad() {
      void Promise.all([lists.case.readNow(), lists.servicePoint.readNow()]).catch(onFailure)
    },
    forget() {
      hasFacts = false
      facts.forget()
      refetch.forget()
      for (const store of [district, areas, servicePoints, openCases, onDuty, calls, people]) store.forget()
    },
    stop() {
      for (const list of Object.values(lists)) list.stop()
    },
  }
}
