import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { isEnded } from '#contract/call-ladder'
import type { LadderPace, LiveCall } from '#contract/calls'
import { call } from '../api/call.ts'
import { byUrgency, heardKey, isWaiting } from './call-order.ts'

/** The live calls in this person's reach, and which of those that wait were heard. */
export const useCalls = defineStore('calls', () => {
  const byId = shallowRef<ReadonlyMap<string, LiveCall>>(new Map())
  const isKnown = ref(false)
  const pace = shallowRef<LadderPace | null>(null)
  const heard = shallowRef<ReadonlySet<string>>(new Set())

  const ordered = computed<readonly LiveCall[]>(() => [...byId.value.values()].sort(byUrgency))
  const waiting = computed(() => ordered.value.filter(isWaiting))
  /** What is to be heard until somebody says that he heard it. */
  const unheard = computed(() => waiting.value.filter((item) => !heard.value.has(heardKey(item))))

  /** A call as it now is; one that has ended is live no more. */
  function put(item: LiveCall): void {
    if (isEnded(item.state)) remove(item.id)
    else byId.value = new Map(byId.value).set(item.id, item)
  }

  function remove(id: string): void {
    if (!byId.value.has(id)) return
    const next = new Map(byId.value)
    next.delete(id)
    byId.value = next
  }

  /** Silences what waits now: one call, or all. */
  function acknowledge(id: string | null = null): void {
    const meant = unheard.value.filter((item) => id === null || item.id === id)
    if (meant.length === 0) return
    heard.value = new Set([
      ...waiting.value.map(heardKey).filter((key) => heard.value.has(key)),
      ...meant.map(heardKey),
    ])
  }

  async function refresh(): Promise<void> {
    const answer = await call('calls.live', {})
    byId.value = new Map(answer.calls.map((item) => [item.id, item]))
    pace.value = answer.pace
    isKnown.value = true
  }

  function forget(): void {
    byId.value = new Map()
    heard.value = new Set()
    pace.value = null
    isKnown.value = false
  }

  return { byId, isKnown, pace, ordered, waiting, unheard, put, remove, acknowledge, refresh, forget }
})
