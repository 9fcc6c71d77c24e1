/** The roster, a page at a time: what is sought, what has come so far, and how many there are. */
import { computed, ref, shallowRef, watch } from 'vue'
import type { Member } from '#contract/members'
import { call } from '../../../api/call.ts'
import { useFailure } from '../../../use/use-failure.ts'
import { putItem } from '../edit/put-item.ts'

const PAGE = 200
/** A pause in typing after which the search is sent. */
const TYPING_MS = 250

export function useMembers() {
  const fail = useFailure()
  const query = ref('')
  const areaId = ref('')
  const members = shallowRef<readonly Member[]>([])
  const total = ref(0)
  const next = ref<string | null>(null)
  const isLoading = ref(false)
  const isComplete = computed(() => next.value === null)
  /** Answers to an older question are dropped. */
  let asked = 0

  async function read(after: string | null, limit: number): Promise<void> {
    const question = ++asked
    isLoading.value = true
    try {
      const answer = await call('members.list', {
        query: {
          q: query.value.trim() || undefined,
          areaId: areaId.value || undefined,
          after: after ?? undefined,
          limit: String(limit),
        },
      })
      if (question !== asked) return
      members.value = after === null ? answer.members : [...members.value, ...answer.members]
      total.value = answer.total
      next.value = answer.next
    } finally {
      if (question === asked) isLoading.value = false
    }
  }

  /** As many again as are shown, so that a refresh does not shorten the list under the reader. */
  const refresh = () => read(null, Math.min(500, Math.max(PAGE, members.value.length)))

  function readMore(): void {
    if (next.value !== null && !isLoading.value) read(next.value, PAGE).catch(fail)
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  watch([query, areaId], () => {
    clearTimeout(timer)
    timer = setTimeout(() => read(null, PAGE).catch(fail), TYPING_MS)
  })

  /** Shows a saved member at once, where it stands. */
  function put(saved: Member): void {
    const isListed = members.value.some(({ id }) => id === saved.id)
    members.value = putItem(members.value, saved)
    if (!isListed) total.value++
  }

  return { query, areaId, members, total, isLoading, isComplete, refresh, readMore, put }
}
