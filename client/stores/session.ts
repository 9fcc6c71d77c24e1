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

  async function signOut(): Promise<void> {
    await call('session.signOut', {})
    apply(null)
  }

  return { session, isKnown, isLocked, may, apply, refresh, signIn, unlock, setPassword, touch, signOut }
})
