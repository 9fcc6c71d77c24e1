/** The resident's calls: one press is one call, sent until it is answered; the one that is open, or looked at, is followed. */
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { isEnded } from '#contract/call-ladder'
import { type CallerView, type CallPlace, type CallWish, callBySecret } from '#contract/calls'
import { CallFailed, call } from '../../api/call.ts'
import type { CallFollowing } from '../../caller/follow-call.ts'
import { createChimes, cueOf } from './chimes.ts'
import { isOpen, type KeptCall, keepCall, ownDeviceId, PRESS_LIVES_MS, recallCalls } from './kept-calls.ts'
import { newSecret } from './new-secret.ts'

const RETRY_MS = 2_000

export interface Press {
  position: CallPlace['position']
  title: string | null
  wish: CallWish | null
}

/** `looked`: the secret of the call whose page is open. */
export function useCalls(looked: () => string | null) {
  const kept = shallowRef<readonly KeptCall[]>(recallCalls())
  const isLost = ref(false)
  /** Secrets on their way. */
  const sending = new Set<string>()
  const chimes = createChimes()

  const find = (secret: string) => kept.value.find((each) => each.secret === secret) ?? null
  const open = computed(() => kept.value.find(isOpen) ?? null)
  /** The last one that somebody finished and that was not rated. */
  const toRate = computed(() => {
    const [last] = kept.value
    return last?.view?.state === 'done' && last.view.helper ? { secret: last.secret, helper: last.view.helper } : null
  })
  function put(next: KeptCall): void {
    kept.value = keepCall(kept.value, next)
  }

  function take(secret: string, view: CallerView): void {
    const known = find(secret)
    const cue = cueOf(known?.view ?? null, view)
    const blank = { secret, pressedAt: null, place: null }
    put({ ...(known ?? blank), press: null, view, fault: null })
    if (cue) chimes.play(cue)
  }
  function fail(secret: string, fault: KeptCall['fault']): void {
    const known = find(secret) ?? { secret, pressedAt: null, place: null, view: null }
    put({ ...known, press: null, fault })
  }

  /** Sends a press until it is answered, refused or too old. The server makes one call of it however often it comes. */
  async function send(secret: string): Promise<void> {
    if (sending.has(secret)) return
    sending.add(secret)
    for (;;) {
      const mine = find(secret)
      if (!mine?.press) break
      // Too old, or not wanted any more: but its answer may have been lost on the way.
      const isTooOld = Date.now() - (mine.pressedAt ?? 0) > PRESS_LIVES_MS
      try {
        const view = await (mine.isGivenUp
          ? call('calls.cancelOwn', { body: { secret } })
          : isTooOld
            ? call('calls.follow', { body: { secret } })
            : call('calls.place', { body: mine.press }))
        const isLate = find(secret)?.isGivenUp && !isEnded(view.state)
        take(secret, isLate ? await call('calls.cancelOwn', { body: { secret } }) : view)
        isLost.value = false
        break
      } catch (error) {
        if (mayBeRetried(error)) isLost.value = true
        else {
          const isUnknown = mine.isGivenUp || isTooOld
          fail(secret, isUnknown ? 'notSent' : codeOf(error) === 'bad_input' ? 'tooFar' : 'refused')
          break
        }
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
    sending.delete(secret)
  }

  /** Makes a call, or says which one is open already. Returns its secret. */
  function press({ position, title, wish }: Press): string {
    chimes.unlock()
    // Another page of this phone may have called meanwhile.
    kept.value = recallCalls().length > 0 ? recallCalls() : kept.value
    if (open.value) return open.value.secret
    const secret = newSecret()
    const note = title === null ? null : title.slice(0, 200)
    const body = { secret, deviceId: ownDeviceId(), position, accuracyMetres: null, wish, skill: null, note }
    put({ secret, press: body, pressedAt: Date.now(), place: { title, position }, view: null, fault: null })
    chimes.play('sent')
    void send(secret)
    return secret
  }

  /** Resolves when a press was answered or refused, but at the latest after so many milliseconds. */
  function answered(secret: string, atMostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        stopWatching()
        resolve()
      }
      const timer = setTimeout(done, atMostMs)
      const stopWatching = watch(kept, () => find(secret)?.press || done())
    })
  }

  /** Throws when the server did not answer; what is not sent yet is taken back as soon as there is a network. */
  async function cancel(secret: string): Promise<void> {
    const mine = find(secret)
    if (mine?.press) return put({ ...mine, isGivenUp: true })
    try {
      take(secret, await call('calls.cancelOwn', { body: { secret } }))
    } catch (error) {
      if (codeOf(error) !== 'call_over') throw error
      take(secret, await call('calls.follow', { body: { secret } }))
    }
  }

  /** Throws when it was not taken. */
  async function rate(secret: string, stars: number, text: string | null): Promise<void> {
    take(secret, await call('calls.rate', { body: { secret, stars, text } }))
  }

  // Sent again when the page was closed before the answer.
  for (const { secret, press: unsent } of kept.value) if (unsent) void send(secret)

  const followed = computed(() => {
    const secret = looked() ?? open.value?.secret ?? null
    if (secret === null) return null
    if (!callBySecret.safeParse({ secret }).success) return null
    const known = find(secret)
    // What is not sent yet cannot be followed, and what is over does not change.
    if (known && (known.press !== null || (known.view !== null && isEnded(known.view.state)))) return null
    return known?.fault === 'notSent' || known?.fault === 'refused' || known?.fault === 'tooFar' ? null : secret
  })
  let stop = () => {}
  let following: CallFollowing | null = null
  async function follow(secret: string | null): Promise<void> {
    stop()
    following = null
    let isLeft = false
    stop = () => {
      isLeft = true
    }
    if (secret === null) return
    // A part of its own: a page without a call does not carry it.
    const { followCall } = await import('../../caller/follow-call.ts')
    if (isLeft) return
    following = followCall(secret, {
      onView: (view) => take(secret, view),
      onLink: (link) => {
        isLost.value = link === 'lost'
      },
      onGone: () => fail(secret, 'unknown'),
    })
    stop = following.stop
  }
  watch(followed, (secret) => void follow(secret).catch(() => {}), { immediate: true })

  // After a reload nothing may sound before the next touch.
  const unlock = () => {
    if (open.value) chimes.unlock()
  }
  window.addEventListener('pointerdown', unlock)
  onScopeDispose(() => {
    stop()
    window.removeEventListener('pointerdown', unlock)
  })

  return {
    /** The socket of the call that is followed, for what is said over it; null until it is there. */
    socket: () => following?.socket() ?? null,
    open,
    toRate,
    find,
    press,
    answered,
    unlock: chimes.unlock,
    cancel,
    rate,
    isLost,
  }
}
export type CallsState = ReturnType<typeof useCalls>

/** The line or the server's health is at fault, not the call. */
const mayBeRetried = (error: unknown) =>
  error instanceof CallFailed && (error.body.code === 'offline' || error.status >= 500)

const codeOf = (error: unknown) => (error instanceof CallFailed ? error.body.code : null)
