/** Keeps the stores true: reads everything at sign-in and after too long an absence, then what the server tells. */
import { onScopeDispose, watch } from 'vue'
import { readFrame } from '#contract/position-frame'
import { useClock } from '../stores/clock.ts'
import { useConnection } from '../stores/connection.ts'
import { useLoadProgress } from '../stores/load-progress.ts'
import { usePeopleFrame } from '../stores/people-frame.ts'
import { useSession } from '../stores/session.ts'
import { bindLive } from './bindLive.ts'
import { connect, type LiveSocket } from './connect.ts'
import { startHeartbeat } from './heartbeat.ts'
import { keepConnected } from './keep-connected.ts'
import { createViewTelling } from './tell-view.ts'
import { useStoreSync } from './use-store-sync.ts'

/** Call once, in the page's root. Returns the socket, for what only some pages say over it. */
export function useLive(): LiveSocket {
  const session = useSession()
  const connection = useConnection()
  const clock = useClock()
  const loads = useLoadProgress()
  const people = usePeopleFrame()
  const socket = connect()
  const sync = useStoreSync(socket)
  const viewTelling = createViewTelling(socket, (code) => {
    if (code === 'session_locked' || code === 'not_signed_in') void session.refresh().catch(connection.lose)
  })
  const unlessLocked = (task: () => Promise<void>) => () => {
    if (!session.isLocked) void task()
  }
  const mayWatch = () => session.may('position.see') && !session.isLocked

  const stops = [
    bindLive(socket, {
      'data:changed': unlessLocked(sync.refetch),
      'load:progress'(report) {
        loads.apply(report)
        // A load tells no facts.
        if (report.state === 'done') sync.expectLoad()
      },
      fact: sync.receive,
      'positions:frame': (data) => people.show(readFrame(data), Date.now()),
      // It ended under this cookie; a page that just changed its password goes on under a new one.
      'session:changed': (view) => (view ? session.apply(view) : void session.refresh().catch(connection.lose)),
      // Calls ring on the field page.
      'offer:ring': () => {},
      'offer:over': () => {},
      'talk:said': () => {},
      'talk:signal': () => {},
      'server:bye': ({ retryAfterMs }) => link.comeBackAfter(retryAfterMs),
    }),
    startHeartbeat(socket, {
      onAnswer(serverTime) {
        clock.correct(serverTime, Date.now())
        if (sync.isInStep()) connection.confirm(clock.now)
        else unlessLocked(sync.comeIn)()
      },
      onSilence: connection.lose,
    }),
    viewTelling.stop,
    sync.stop,
  ]
  const link = keepConnected(socket, {
    onConnect() {
      unlessLocked(sync.comeIn)()
      if (mayWatch()) viewTelling.tell(people.watched)
    },
    onLost: connection.lose,
    onNotSignedIn: () => void session.refresh().catch(connection.lose),
  })

  watch([() => people.watched, mayWatch], ([view, may]) => {
    if (may) viewTelling.tell(view)
    else people.forget()
  })

  // Another person, role or scope sees other data; an unlocked screen may have missed some.
  const whose = () =>
    session.session && JSON.stringify([session.session.accountId, session.session.role, session.session.scope])
  watch(
    [whose, () => session.isLocked],
    ([now], [before]) => {
      if (now !== before) sync.forget()
      if (now === null) return link.close()
      link.open()
      if (socket.connected) unlessLocked(sync.comeIn)()
      else unlessLocked(sync.refetch)()
    },
    { immediate: true },
  )

  onScopeDispose(() => {
    for (const stop of stops) stop()
    link.close()
  })
  return socket
}
