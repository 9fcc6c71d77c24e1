// @vitest-environment happy-dom
/** The queue as a person works it: few rows drawn of many, moved through and opened by keys. */
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import type { OpenCase } from '#contract/cases'
import QueueList from '../../../client/dispatch/queue/QueueList.vue'
import { provideCamera } from '../../../client/dispatch/use-camera.ts'
import { i18n } from '../../../client/locales/index.ts'
import { useClock } from '../../../client/stores/clock.ts'
import { useSelection } from '../../../client/stores/selection.ts'
import { NOW, openCase, overdue } from '../../support/open-cases.ts'

const many = Array.from({ length: 5_000 }, (_, index) => openCase(String(index)))

function mountQueue(cases: readonly OpenCase[]) {
  useClock().correct(NOW, NOW)
  const host = defineComponent({
    setup() {
      provideCamera()
      return () => h(QueueList, { cases })
    },
  })
  const wrapper = mount(host, { global: { plugins: [i18n] }, attachTo: document.body })
  const list = wrapper.get('[role=listbox]')
  return { wrapper, list, press: (key: string) => list.trigger('keydown', { key }) }
}

beforeEach(() => setActivePinia(createPinia()))

it('draws a handful of 5,000 rows and says which ones they are', () => {
  const { wrapper } = mountQueue(many)
  const rows = wrapper.findAll('[role=option]')
  expect(rows.length).toBeGreaterThan(5)
  expect(rows.length).toBeLessThan(60)
  expect(rows[0]?.attributes()).toMatchObject({ 'aria-setsize': '5000', 'aria-posinset': '1' })
})

it('moves by arrow keys and opens by Enter', async () => {
  const { press, list } = mountQueue(many)
  await press('ArrowDown')
  await press('ArrowDown')
  expect(list.attributes('aria-activedescendant')).toMatch(/-1$/)
  expect(useSelection().selected).toBeNull()
  await press('Enter')
  expect(useSelection().selected).toEqual({ kind: 'case', id: '1' })
})

it('marks the case that was chosen elsewhere', async () => {
  const { wrapper } = mountQueue(many)
  useSelection().select({ kind: 'case', id: '2' })
  await wrapper.vm.$nextTick()
  expect(wrapper.get('[aria-selected=true]').attributes('aria-posinset')).toBe('3')
})

it('says state and time in words, not by colour alone', () => {
  const { wrapper } = mountQueue([openCase('1', { ...overdue, isSupervised: true })])
  const text = wrapper.get('[role=option]').text()
  expect(text).toContain('超期')
  expect(text).toContain('超 0:10')
  expect(text).toContain('督办')
})
