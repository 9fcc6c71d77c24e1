/** Files to be loaded, one after the other: what is chosen for each, how far it is, and how it ended. */
import { computed, ref, shallowReactive } from 'vue'
import * as z from 'zod/mini'
import { type LoadReport, loadReport } from '#contract/loads'
import { call } from '../../../api/call.ts'
import { useDistrict } from '../../../stores/district.ts'
import { useLoadProgress } from '../../../stores/load-progress.ts'
import { useSession } from '../../../stores/session.ts'
import { useFailure } from '../../../use/use-failure.ts'
import { type Failure, toFailure } from '../edit/use-save.ts'
import { followLoad } from './follow-load.ts'
import { type LoadForm, loadQuery, newLoadForm } from './load-form.ts'

export interface QueuedFile {
  id: number
  file: File
  form: LoadForm
  state: 'ready' | 'sending' | LoadReport['state'] | 'failed'
  report: LoadReport | null
  failure: Failure | null
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export function useLoadQueue(onLoaded: () => void) {
  const district = useDistrict()
  const progress = useLoadProgress()
  const session = useSession()
  const fail = useFailure()
  const files = ref<QueuedFile[]>([])
  const isRunning = computed(() => files.value.some(({ state }) => state === 'sending' || state === 'running'))
  const hasReady = computed(() => files.value.some(({ state }) => state === 'ready'))
  let lastId = 0

  function add(chosen: readonly File[], kind: LoadForm['kind'] = ''): void {
    for (const file of chosen) {
      const form = { ...newLoadForm(district.timeZone), kind }
      files.value.push(shallowReactive({ id: ++lastId, file, form, state: 'ready', report: null, failure: null }))
    }
  }

  function remove(id: number): void {
    files.value = files.value.filter((item) => item.id !== id)
  }

  /** Loads every file that is ready, in order. A file that is refused does not stop the ones after it. */
  async function run(): Promise<void> {
    if (isRunning.value) return
    for (const item of files.value.filter(({ state }) => state === 'ready')) await load(item)
  }

  async function load(item: QueuedFile): Promise<void> {
    item.failure = null
    item.report = null
    item.state = 'sending'
    try {
      const first = await call('loads.run', { query: loadQuery(item.file.name, item.form), file: item.file })
      const take = (report: LoadReport) => {
        item.report = report
        item.state = report.state
      }
      take(first)
      const ask = (id: string) => call('loads.see', { params: { id } })
      take(await followLoad(first, { told: (id) => progress.reports.get(id), ask, pause }, take))
    } catch (error) {
      const failure = toFailure(error)
      // A refused file comes with its whole report.
      const refused = z.safeParse(loadReport, failure.current)
      item.report = refused.success ? refused.data : null
      item.failure = refused.success ? null : failure
      item.state = refused.success ? refused.data.state : 'failed'
    }
    onLoaded()
  }

  /** Reads a file again after its options were changed. */
  function retry(item: QueuedFile): void {
    item.state = 'ready'
    if (!isRunning.value) void load(item)
  }

  /** While the file is being sent, its report is known from what the server tells. */
  function liveReport(item: QueuedFile): LoadReport | null {
    if (item.state !== 'sending') return item.report
    const mine = [...progress.reports.values()].filter(
      ({ state, fileName, actor }) =>
        state === 'running' && fileName === item.file.name && actor === session.session?.name,
    )
    return mine.at(-1) ?? null
  }

  function cancel(item: QueuedFile): void {
    const report = liveReport(item)
    if (report) call('loads.cancel', { params: { id: report.id } }).catch(fail)
  }

  return { files, isRunning, hasReady, add, remove, run, retry, cancel, liveReport }
}
export type LoadQueue = ReturnType<typeof useLoadQueue>
