import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { toReport, useReportDraft, wrongFields } from '../../../client/dispatch/report/report-draft.ts'

beforeEach(() => setActivePinia(createPinia()))

it('sends empty boxes as absent', () => {
  const draft = useReportDraft()
  draft.fields.title = '路灯不亮'
  draft.fields.address = '   '
  const report = toReport(draft.fields, [114, 22.7])
  expect(report).toMatchObject({
    title: '路灯不亮',
    text: null,
    address: null,
    categoryKey: null,
    position: [114, 22.7],
  })
  expect(wrongFields(report)).toEqual([])
})

it('names what the server would refuse', () => {
  const draft = useReportDraft()
  draft.fields.title = '   '
  draft.fields.reporterPhone = 'call me'
  expect(wrongFields(toReport(draft.fields, null)).sort()).toEqual(['reporterPhone', 'title'])
})

it('uses one key for one content, so that a retry counts once and a correction counts anew', () => {
  const draft = useReportDraft()
  draft.fields.title = '路灯不亮'
  const key = draft.keyFor(toReport(draft.fields, null))
  expect(draft.keyFor(toReport(draft.fields, null))).toBe(key)
  draft.fields.title = '路灯全不亮'
  expect(draft.keyFor(toReport(draft.fields, null))).not.toBe(key)
})
