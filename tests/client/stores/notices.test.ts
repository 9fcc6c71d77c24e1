import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { CallFailed } from '../../../client/api/call.ts'
import { useNotices } from '../../../client/stores/notices.ts'

beforeEach(() => setActivePinia(createPinia()))

it('keeps what helps the person: code, fields and the number to quote', () => {
  const notices = useNotices()
  notices.refuse(new CallFailed(422, { code: 'bad_input', message: '', fields: { title: 'too long' } }))
  notices.refuse(new CallFailed(500, { code: 'fault', message: '', correlationId: 'n-1' }))
  expect(notices.notices.map(({ text, fields, correlationId }) => [text, fields, correlationId])).toEqual([
    ['bad_input', { title: 'too long' }, null],
    ['fault', {}, 'n-1'],
  ])
})

it('says the same refusal once, and again after it was read', () => {
  const notices = useNotices()
  const away = new CallFailed(0, { code: 'offline', message: '' })
  notices.refuse(away)
  notices.refuse(away)
  expect(notices.notices).toHaveLength(1)
  notices.dismiss(notices.notices[0]?.id ?? -1)
  notices.refuse(away)
  expect(notices.notices).toHaveLength(1)
})

it('takes an unknown code, or no answer of ours at all, for a fault', () => {
  const notices = useNotices()
  notices.refuse(new CallFailed(418, { code: 'teapot', message: '' }))
  expect(notices.notices.map(({ text }) => text)).toEqual(['fault'])
  notices.dismiss(notices.notices[0]?.id ?? -1)
  notices.refuse(new Error('broken'))
  expect(notices.notices.map(({ text }) => text)).toEqual(['fault'])
})

it('never grows into a wall', () => {
  const notices = useNotices()
  for (let index = 0; index < 20; index++) notices.tellDone('report.done', { code: String(index) })
  expect(notices.notices.length).toBeLessThanOrEqual(4)
  expect(notices.notices.at(-1)?.values).toEqual({ code: '19' })
})
