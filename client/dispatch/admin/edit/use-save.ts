/** One write at a time: pending, refused with its reasons, or done. */
import { ref, shallowRef } from 'vue'
import { CallFailed } from '../../../api/call.ts'
import { type FailureCode, failureCode } from '../../../api/failure.ts'
import { createCommandKey } from './command-key.ts'

export interface Failure {
  code: FailureCode
  /** Path → what the server says is wrong there. */
  fields: Readonly<Record<string, string>>
  /** For version_conflict: the record as it stands now. */
  current: unknown
  correlationId: string | null
}

export function toFailure(error: unknown): Failure {
  const body = error instanceof CallFailed ? error.body : null
  return {
    code: failureCode(error),
    fields: body?.fields ?? {},
    current: body?.current ?? null,
    correlationId: body?.correlationId ?? null,
  }
}

export function useSave() {
  const isPending = ref(false)
  const failure = shallowRef<Failure | null>(null)
  const key = createCommandKey()

  /** Does the work unless some is under way; null when it was not done, and `failure` says why. */
  async function save<Answer>(work: (key: string) => Promise<Answer>): Promise<Answer | null> {
    if (isPending.value) return null
    isPending.value = true
    failure.value = null
    try {
      const answer = await work(key.current())
      key.settle(null)
      return answer
    } catch (error) {
      failure.value = toFailure(error)
      key.settle(failure.value.code)
      return null
    } finally {
      isPending.value = false
    }
  }

  return { isPending, failure, save }
}
