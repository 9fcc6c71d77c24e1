/** Reports made on this phone: the secrets that follow them, and those still waiting for a network. */
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { ReportProgress, ResidentReport } from '#contract/resident'
import { CallFailed, call } from '../../api/call.ts'
import { recall, remember } from './remembered.ts'

export interface KeptReport {
  secret: string
  /** The last answer about it; null while it waits to be sent. */
  progress: ReportProgress | null
  /** What is to be sent; gone once it was. */
  draft: ResidentReport | null
}

const KEPT = 20
const RETRY_MS = 15_000
export function useReports() {
  const kept = shallowRef<readonly KeptReport[]>(recall<KeptReport[]>('reports') ?? [])
  const isSending = ref(false)

  function put(report: KeptReport): void {
    const others = kept.value.filter(({ secret }) => secret !== report.secret)
    kept.value = [report, ...others].slice(0, KEPT)
    remember('reports', kept.value)
  }
  function drop(secret: string): void {
    kept.value = kept.value.filter((report) => report.secret !== secret)
    remember('reports', kept.value)
  }

  /** Sends a report, or keeps it when there is no network. Throws when it was refused for another reason. */
  async function send(draft: ResidentReport): Promise<void> {
    put({ secret: draft.secret, progress: null, draft })
    try {
      put({ secret: draft.secret, progress: await call('resident.report', { body: draft }), draft: null })
    } catch (error) {
      if (mayBeRetried(error)) return
      drop(draft.secret)
      throw error
    }
  }

  /** Everything that waits, one after the other. The same secret is one report however often it is sent. */
  async function sendWaiting(): Promise<void> {
    if (isSending.value) return
    isSending.value = true
    try {
      for (const { draft } of kept.value) if (draft) await send(draft).catch(() => {})
    } finally {
      isSending.value = false
    }
  }

  async function follow(secret: string): Promise<ReportProgress> {
    const progress = await call('resident.progress', { body: { secret } })
    put({ secret, progress, draft: null })
    return progress
  }

  const timer = setInterval(() => void sendWaiting(), RETRY_MS)
  const onOnline = () => void sendWaiting()
  window.addEventListener('online', onOnline)
  onScopeDispose(() => {
    clearInterval(timer)
    window.removeEventListener('online', onOnline)
  })
  void sendWaiting()

  return {
    kept,
    waiting: computed(() => kept.value.filter(({ draft }) => draft !== null).length),
    open: computed(() => kept.value.filter(({ progress }) => progress !== null && progress.stage !== 'closed').length),
    send,
    follow,
    find: (secret: string) => kept.value.find((report) => report.secret === secret) ?? null,
  }
}
export type ReportsState = ReturnType<typeof useReports>

/** The line or the server's health is at fault, not the report. */
const mayBeRetried = (error: unknown) =>
  error instanceof CallFailed && (error.body.code === 'offline' || error.status >= 500)
