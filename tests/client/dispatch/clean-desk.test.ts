import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { effectScope } from 'vue'
import type { SessionView } from '#contract/accounts'
import { useReportDraft } from '../../../client/dispatch/report/report-draft.ts'
import { useCleanDesk } from '../../../client/dispatch/use-clean-desk.ts'
import { useFilter } from '../../../client/stores/filter.ts'
import { useSession } from '../../../client/stores/session.ts'

const view = (accountId: string): SessionView => ({
  accountId,
  name: accountId,
  role: 'dispatcher',
  scope: [],
  hasPassword: true,
  asksCurrentPassword: true,
  isLocked: false,
  expiresAt: 0,
  idleLockMs: 1,
})

beforeEach(() => setActivePinia(createPinia()))

function workAs(accountId: string) {
  effectScope().run(useCleanDesk)
  useSession().apply(view(accountId))
  useReportDraft().fields.reporterPhone = '13900002208'
  useFilter().tab = 'overdue'
}

it('hands the next person a clean desk', () => {
  workAs('a')
  useSession().apply(null)
  useSession().apply(view('b'))
  expect(useReportDraft().fields.reporterPhone).toBe('')
  expect(useFilter().tab).toBe('all')
})

it('keeps everything for the same person coming back', () => {
  workAs('a')
  useSession().apply(null)
  useSession().apply(view('a'))
  expect(useReportDraft().fields.reporterPhone).toBe('13900002208')
  expect(useFilter().tab).toBe('overdue')
})
