import { defineStore } from 'pinia'
import { ref } from 'vue'
import { CallFailed } from '../api/call.ts'
import { type FailureCode, failureCode } from '../api/failure.ts'

/** A sentence for the person: something was declined, or something is done. */
export interface Notice {
  id: number
  kind: 'refused' | 'done' | 'failed'
  /** A refusal's code, or else the locale key of what is done or failed. */
  text: FailureCode | (string & {})
  /** Values for the sentence of a locale key. */
  values: Record<string, string>
  /** What is wrong with which input, or the number to quote. */
  fields: Record<string, string>
  correlationId: string | null
}

const MOST_AT_ONCE = 4

/** The one place where refusals and results are shown. */
export const useNotices = defineStore('notices', () => {
  const notices = ref<Notice[]>([])
  let lastId = 0

  function add(notice: Omit<Notice, 'id'>): void {
    const isShown = notices.value.some(({ kind, text }) => kind === 'refused' && text === notice.text)
    // The same refusal many times over (a server away) is one sentence, not a wall of them.
    if (isShown && notice.kind === 'refused') return
    notices.value = [...notices.value, { ...notice, id: ++lastId }].slice(-MOST_AT_ONCE)
  }

  function refuse(error: unknown): void {
    const body = error instanceof CallFailed ? error.body : null
    add({
      kind: 'refused',
      text: failureCode(error),
      values: {},
      fields: body?.fields ?? {},
      correlationId: body?.correlationId ?? null,
    })
  }

  /** Something that did not work here, without the server's having declined it. */
  const tellFailed = (text: string) => add({ kind: 'failed', text, values: {}, fields: {}, correlationId: null })

  const tellDone = (text: string, values: Record<string, string> = {}) =>
    add({ kind: 'done', text, values, fields: {}, correlationId: null })

  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }

  return { notices, refuse, tellFailed, tellDone, dismiss }
})
