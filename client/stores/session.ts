import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { SessionView } from '#contract/accounts'
import { type Action, grantFor } from '#contract/roles'
import { call } from '../api/call.ts'

/** Who is signed in on this screen; null = nobody. */
export const useSession = defineStore('session', () => {
  const session = ref<SessionView | null>(null)
  const isKnown = ref(false)
  const isLocked = computed(() => session.value?.isLocked === true)

  /** Whether the policy lets this person do something at all; the server still decides about each record. */
  function may(action: Action): boolean {
    return session.value !== null && grantFor(session.value.role, action) !== null
  }

  /** Takes what the server says about this session. */
  function apply(view: SessionView | null): void {
    session.value = view
    isKnown.value = true
  }

  const refresh = async () => apply(await call('session.see', {}))
  const signIn = async (name: string, password: string) =>
    apply(await call('session.signIn', { body: { name, password } }))
  const unlock = async (password: string) => apply(await call('session.unlock', { body: { password } }))
  const setPassword = async (current: string | null, next: string) =>
    apply(await call('session.setPassword', { body: { current, next } }))
  const touch = async () => apply(await call('session.touch', {}))

  /** Everything on the screen goes at once, so that nothing is asked any more while the server ends the session. */
  async function signOut(): Promise<void> {
    const before = session.value
    apply(null)
    try {
      await call('session.signOut', {})
    } catch (error) {
      // Still signed in: to look signed out would be a lie.
      apply(before)
      throw error
    }
  }

  return { session, isKnown, isLocked, may, apply, refresh, signIn, unlock, setPassword, touch, signOut }
})
