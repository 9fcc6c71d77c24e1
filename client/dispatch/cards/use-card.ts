/** The record behind a card: read when it is chosen, read again when its data changes, never older than the choice. */
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { DataLayer } from '#contract/district'
import type { Response } from '#contract/routes'
import { type CallInput, call } from '../../api/call.ts'
import { type FailureCode, failureCode } from '../../api/failure.ts'
import { useDistrict } from '../../stores/district.ts'
import { useSession } from '../../stores/session.ts'

export type CardRoute = 'areas.card' | 'buildings.see' | 'calls.see' | 'cases.see' | 'members.see'

/** `id` is what is chosen; `layers` are those whose changes can change the card, and so does what `live` gives. */
export function useCard<Id extends CardRoute>(
  route: Id,
  id: () => string,
  layers: readonly DataLayer[],
  live: () => unknown = () => null,
) {
  const record = shallowRef<Response<Id> | null>(null)
  const failure = ref<FailureCode | null>(null)
  const district = useDistrict()
  const session = useSession()
  let running: AbortController | null = null

  async function read(): Promise<void> {
    running?.abort()
    const asked = new AbortController()
    running = asked
    try {
      const answer = await call(route, { params: { id: id() }, signal: asked.signal } as unknown as CallInput<Id>)
      if (asked.signal.aborted) return
      record.value = answer
      failure.value = null
    } catch (error) {
      if (asked.signal.aborted) return
      failure.value = failureCode(error)
    }
  }

  watch(
    id,
    () => {
      record.value = null
      failure.value = null
      void read()
    },
    { immediate: true },
  )
  watch(
    () => layers.map((layer) => district.district?.versions[layer]).join(),
    (_now, before) => {
      // The first versions arriving are no change: the card was read beside them.
      if (before.replaceAll(',', '') !== '' && !session.isLocked) void read()
    },
  )
  watch([live, () => session.isLocked], ([now], [before]) => {
    if (now !== before && !session.isLocked) void read()
  })
  onScopeDispose(() => running?.abort())

  return { record, failure, retry: read }
}
