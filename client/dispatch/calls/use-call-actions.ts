/** What a dispatcher does with a call; a command sent again after a lost answer is carried out once. */
import { ref } from 'vue'
import { call } from '../../api/call.ts'
import { failureCode } from '../../api/failure.ts'
import { useCalls } from '../../stores/calls.ts'
import { useNotices } from '../../stores/notices.ts'
import { useFailure } from '../../use/use-failure.ts'
import { createCommandKey } from '../admin/edit/command-key.ts'

export function useCallActions() {
  const calls = useCalls()
  const notices = useNotices()
  const fail = useFailure()
  const isPending = ref(false)
  const key = createCommandKey()

  /** false: it was declined, and the person was told why. */
  async function act(send: (idempotencyKey: string) => Promise<unknown>, done: string): Promise<boolean> {
    if (isPending.value) return false
    isPending.value = true
    try {
      await send(key.current())
      key.settle(null)
      notices.tellDone(done)
      return true
    } catch (error) {
      key.settle(failureCode(error))
      fail(error)
      return false
    } finally {
      isPending.value = false
    }
  }

  const heard = (id: string) => calls.acknowledge(id)

  return {
    isPending,
    takeOver(id: string) {
      heard(id)
      return act((idempotencyKey) => call('calls.takeOver', { params: { id }, idempotencyKey }), 'calls.done.takeOver')
    },
    assign(id: string, memberId: string) {
      heard(id)
      return act(
        (idempotencyKey) => call('calls.assign', { params: { id }, body: { memberId }, idempotencyKey }),
        'calls.done.assign',
      )
    },
    merge: (id: string, into: string) =>
      act(
        (idempotencyKey) => call('calls.merge', { params: { id }, body: { into }, idempotencyKey }),
        'calls.done.merge',
      ),
    finish: (id: string, note: string) =>
      act(
        (idempotencyKey) => call('calls.finish', { params: { id }, body: { note }, idempotencyKey }),
        'calls.done.finish',
      ),
    cancel: (id: string, reason: string) =>
      act(
        (idempotencyKey) => call('calls.cancel', { params: { id }, body: { reason }, idempotencyKey }),
        'calls.done.cancel',
      ),
  }
}
