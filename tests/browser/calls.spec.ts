/** Calls on the dispatcher's console: they come by themselves, are heard, are taken, given to somebody, and finished. */
import AxeBuilder from '@axe-core/playwright'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { aPress } from '../support/calls.ts'
import { cardOf, mapOf } from './desk.ts'
import { tapMap } from './drawn-people.ts'
import { freshLink, signInBy } from './sign-in.ts'
import { watchPage } from './watch-page.ts'

test.use({ colorScheme: 'dark' })

const headers = { 'x-gelin': '1' }
const barOf = (page: Page) => page.locator('[data-pane="calls"]')

/** Nobody is on duty in this product, so a call is the dispatchers' at once. */
async function place(request: APIRequestContext, position: [number, number], note: string): Promise<void> {
  const answer = await request.post('/api/calls', { headers, data: aPress(position, { note }) })
  expect(await answer.json()).toMatchObject({ state: 'dispatcher' })
}

/** Marks of calls that the map has drawn. */
const drawnCalls = (page: Page) =>
  page.evaluate(() => {
    const map = window.tappedMap
    return map?.getLayer('call') ? map.queryRenderedFeatures({ layers: ['call'] }).length : 0
  })

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

test('a call is seen and heard at once, turns into an alarm by the rules, is taken over, and is finished', async ({
  page,
  request,
  browser,
  baseURL,
}) => {
  const office = await browser.newContext({ baseURL })
  const admin = await office.newPage()
  await signInBy(admin, freshLink('streetAdmin'))
  const settings = await (await office.request.get('/api/settings/calls')).json()
  const set = (callRules: object) =>
    office.request
      .get('/api/settings/calls')
      .then((answer) => answer.json())
      .then((now) => office.request.put('/api/settings/calls', { headers, data: { ...now, callRules } }))
  expect((await set({ dispatcherMs: 4_000 })).status()).toBe(200)
  try {
    const faults = await watchPage(page, baseURL ?? '')
    await tapMap(page)
    await signInBy(page, freshLink('dispatcher'))
    const bar = barOf(page)
    await expect(bar).toContainText('现在没有呼叫')
    await expect(mapOf(page).locator('canvas')).toBeVisible()
    const [west, south, east, north] = (await (await page.request.get('/api/district')).json()).bounds
    const at = (x: number, y: number): [number, number] => [west + (east - west) * x, south + (north - south) * y]

    await place(request, at(0.45, 0.5), '水管爆裂')
    await place(request, at(0.5, 0.5), '电梯停运')
    await expect(bar.locator('[data-call]')).toHaveCount(2)
    await expect.poll(() => drawnCalls(page), { timeout: 60_000 }).toBe(2)
    // The press on the sign-in button was on another page: a browser may want one on this.
    await bar.click({ position: { x: 20, y: 20 } })
    await expect(bar).toHaveAttribute('data-sound', 'sounding')
    const first = bar.locator('[data-call]').filter({ hasText: '水管爆裂' })
    await expect(first).toHaveAttribute('data-state', 'alarm')
    await expect(first).toContainText('无人接')
    expect(await violations(page)).toEqual([])

    await page.keyboard.press('s')
    await expect(bar).toHaveAttribute('data-sound', 'ready')
    await expect(first).toContainText('已静音')

    await first.getByRole('button').first().click()
    await expect(cardOf(page)).toContainText('水管爆裂')
    await expect(cardOf(page)).toContainText('没有可派的人')
    await page.keyboard.press('o')
    await expect(first).toHaveAttribute('data-state', 'taken')
    await expect(cardOf(page).getByRole('button', { name: '办结' })).toBeVisible()
    expect(await violations(page)).toEqual([])

    await page.keyboard.press('e')
    await cardOf(page).getByRole('textbox').fill('电话指导关了总阀')
    await cardOf(page).locator('form').getByRole('button', { name: '办结' }).click()
    await expect(bar.locator('[data-call]')).toHaveCount(1)
    await expect(cardOf(page)).toContainText('已完成')
    await expect.poll(() => drawnCalls(page)).toBe(1)

    // The other one becomes a case and is cancelled with a reason.
    await page.keyboard.press('Escape')
    await page.keyboard.press('c')
    await expect(cardOf(page)).toContainText('电梯停运')
    await cardOf(page).getByRole('button', { name: '转为案件' }).click()
    await cardOf(page).getByRole('button', { name: '上报' }).click()
    await expect(page).toHaveURL(/[?&]case=/)
    await expect(cardOf(page)).toContainText('来自呼叫')
    await page.keyboard.press('c')
    await page.keyboard.press('x')
    await cardOf(page).getByRole('textbox').fill('已转案件')
    await cardOf(page).locator('form').getByRole('button', { name: '取消呼叫' }).click()
    await expect(bar).toContainText('现在没有呼叫')
    expect(faults).toEqual([])
  } finally {
    expect((await set(settings.callRules)).status()).toBe(200)
    await office.close()
  }
})
