/** Keeps one's own duty true: read at sign-in, again when a fact says that it changed, and after each absence. */
import { ref, watch } from 'vue'
import { failureCode } from '../../api/failure.ts'
import { useConnection } from '../../stores/connection.ts'
import { useOnDuty } from '../../stores/on-duty.ts'
import { useSession } from '../../stores/session.ts'
import { useFailure } from '../../use/use-failure.ts'
import { useOwnDuty } from './own-duty.ts'

/** Call once, in the page's root. Returns whether this account belongs to somebody on the roster; null until known. */
export function useOwnDutyFacts() {
  const session = useSession()
  const connection = useConnection()
  const onDuty = useOnDuty()
  const own = useOwnDuty()
  const fail = useFailure()
  const isOnRoster = ref<boolean | null>(null)

  async function read(): Promise<void> {
    try {
      await own.refresh()
      isOnRoster.value = true
    } catch (error) {
      const code = failureCode(error)
      if (code === 'not_allowed' || code === 'not_found') isOnRoster.value = false
      else fail(error)
    }
  }

  watch(
    () => session.session?.accountId ?? null,
    (accountId) => {
      own.forget()
      isOnRoster.value = null
      if (accountId === null) return
      if (session.may('duty.own')) void read()
      else isOnRoster.value = false
    },
    { immediate: true },
  )
  watch(
    () => onDuty.byMember.get(own.duty?.member.id ?? '')?.startedAt ?? null,
    () => {
      if (own.duty) void read()
    },
  )
  watch(
    () => connection.state,
    (state, before) => {
      if (state !== 'connected' || before === 'connected' || isOnRoster.value === false) return
      // The end that could not be told before is told now.
      if (own.isEnding) own.end().catch(() => {})
      else if (session.session) void read()
    },
  )
  return isOnRoster
}
