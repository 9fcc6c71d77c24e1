/**
 * The one-click call with real pages on all sides: a resident presses, the nearest member is silent, the second comes
 * and talks with him, a dispatcher watches; and what members see when a call is declined or called off.
 */
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, expect, type Page, test } from '@playwright/test'
import { aPress } from '../support/calls.ts'
import { freshLink, signInBy } from './sign-in.ts'
import { walk } from './walk.ts'
import { watchPage } from './watch-page.ts'

test.setTimeout(240_000)
test.describe.configure({ mode: 'serial' })

const WITHIN = { timeout: 60_000 }
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: 'zh-CN' }
const origin = () => process.env.GELIN_TEST_ORIGIN ?? ''

interface Phone {
  page: Page
  context: BrowserContext
  faults: readonly string[]
}

let browser: Browser
/** Where the resident is; the first member stands nearer to it than the second. */
let door: { longitude: number; latitude: number }
let first: Phone
let second: Phone
const stops: (() => void)[] = []

test.beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  })
  first = await phone()
  second = await phone()
  await goOnDuty(first, 'member', 0.0004)
  await goOnDuty(second, 'gridLeader', 0.002)
})
test.afterAll(async () => {
  for (const { page } of [first, second]) {
    await page.goto('/field/')
    await page.getByRole('button', { name: '下班' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /已下班/ })).toBeVisible(WITHIN)
  }
  for (const stop of stops) stop()
  await browser.close()
})

async function phone(): Promise<Phone> {
  const context = await browser.newContext({ baseURL: origin(), ...PHONE })
  await context.grantPermissions(['geolocation', 'microphone'], { origin: origin() })
  const page = await context.newPage()
  const faults = await watchPage(page, origin())
  // What a page's voice connections carry is read off the connections themselves.
  await page.addInitScript(() => {
    const peers: RTCPeerConnection[] = []
    Reflect.set(window, 'peers', peers)
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(...given: ConstructorParameters<typeof RTCPeerConnection>) {
        super(...given)
        peers.push(this)
      }
    }
  })
  return { page, context, faults }
}

/** So many degrees north of the door, with the page open and sharing. */
async function goOnDuty({ page, context }: Phone, role: string, degreesNorth: number): Promise<void> {
  await page.goto(freshLink(role))
  await page.getByRole('button').click()
  await page.waitForURL('**/field/**', WITHIN)
  if (!door) {
    const [area] = (await (await page.request.get('/api/areas')).json()) as { centre: [number, number] }[]
    if (!area) throw new Error('This member reaches no area.')
    door = { longitude: area.centre[0], latitude: area.centre[1] }
  }
  stops.push(walk(context, { ...door, latitude: door.latitude + degreesNorth }))
  await page.getByRole('checkbox', { name: /同意/ }).check(WITHIN)
  await page.getByRole('button', { name: '开始上岗' }).click()
  await expect(page.getByText(/正在共享/).first()).toBeVisible(WITHIN)
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
const accept = ({ page }: Phone) => page.getByRole('button', { name: '接单，我去' })
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click(WITHIN)

const voiceBytes = (page: Page) =>
  page.evaluate(async () => {
    const bytes = { sent: 0, received: 0 }
    for (const peer of Reflect.get(window, 'peers') as RTCPeerConnection[])
      for (const report of (await peer.getStats()).values()) {
        if (report.type === 'outbound-rtp') bytes.sent += report.bytesSent
        if (report.type === 'inbound-rtp') bytes.received += report.bytesReceived
      }
    return bytes
  })

test('from the press to the stars: the first is silent, the second comes, they talk, and the desk sees it all', async () => {
  const desk = await (await browser.newContext({ baseURL: origin(), viewport: { width: 1440, height: 900 } })).newPage()
  await signInBy(desk, freshLink('dispatcher'))
  const bar = desk.locator('[data-pane="calls"]')
  await expect(bar).toContainText('现在没有呼叫', WITHIN)

  const resident = await phone()
  await resident.context.setGeolocation({ ...door, accuracy: 8 })
  await resident.page.goto('/resident/#/where')
  await press(resident.page, '用手机定位')
  await press(resident.page, /呼叫网格员/)

  await expect(accept(first)).toBeVisible(WITHIN)
  await expect(accept(first)).toBeFocused()
  await expect(first.page.getByText('接了才看到准确位置')).toBeVisible()
  expect(await violations(first.page)).toEqual([])
  // The page has said that it rings, and has the whole time of a ring.
  await expect(first.page.locator('.ring .text b')).toHaveText(/^(9|1\d)$/)
  await first.page.screenshot({ path: 'test-results/story-incoming.png' })
  await expect(bar.locator('[data-call]')).toHaveAttribute('data-state', 'ringing')

  await expect(accept(second)).toBeVisible(WITHIN)
  await expect(accept(first)).toHaveCount(0)
  await expect(first.page.getByText(/已经转给别人/)).toBeVisible()
  await expect(resident.page.getByRole('heading', { level: 1 })).toHaveText('第 2 位正在响铃')
  await accept(second).click()

  await expect(second.page.locator('[data-title]')).toHaveText('您接的呼叫', WITHIN)
  await expect(resident.page.getByText('开门前请看工牌，号码一样才是本人。')).toBeVisible(WITHIN)
  await expect(bar.locator('[data-call]')).toHaveAttribute('data-state', 'accepted')
  expect(await violations(second.page)).toEqual([])
  await second.page.screenshot({ path: 'test-results/story-under-way.png', fullPage: true })
  // A page that was closed and opened again is back at the call.
  await second.page.goto('/field/')
  await expect(second.page.locator('[data-title]')).toHaveText('您接的呼叫', WITHIN)
  await second.page.getByRole('link', { name: '任务' }).click()
  await second.page.getByRole('link', { name: /回到呼叫/ }).click(WITHIN)

  await press(resident.page, '发文字')
  await resident.page.getByRole('textbox', { name: '写给对方' }).fill('在三楼 <b>左手</b>')
  await press(resident.page, '发送')
  await press(second.page, /文字|1/)
  await expect(second.page.getByText('在三楼 <b>左手</b>')).toBeVisible(WITHIN)
  await press(resident.page, '打电话')
  await press(second.page, '接听')
  await expect(resident.page.getByText('通话中')).toBeVisible(WITHIN)
  const before = await voiceBytes(second.page)
  await expect
    .poll(async () => {
      const now = await voiceBytes(second.page)
      return now.sent > before.sent + 2_000 && now.received > before.received + 2_000
    }, WITHIN)
    .toBe(true)
  await press(second.page, '挂断')
  await expect(resident.page.getByText('通话中')).toHaveCount(0)

  await press(second.page, '我出发了')
  await expect(resident.page.getByText('正走过来')).toBeVisible(WITHIN)
  await press(second.page, '我到了')
  await expect(resident.page.getByRole('heading', { level: 1 })).toHaveText(/到了$/, WITHIN)
  await press(second.page, '办完了')
  await expect(second.page.getByRole('link', { name: '任务' })).toBeVisible(WITHIN)
  await expect(resident.page.getByRole('heading', { level: 1 })).toHaveText('您的事办成了吗？', WITHIN)
  await resident.page.getByRole('radio', { name: '办成了', exact: true }).check({ force: true })
  await resident.page.getByRole('radio', { name: '满意', exact: true }).check({ force: true })
  await press(resident.page, '提交评价')
  await expect(resident.page.getByRole('heading', { level: 1 })).toHaveText('谢谢您的评价')
  await expect(bar).toContainText('现在没有呼叫', WITHIN)

  for (const { faults } of [resident, first, second]) expect(faults).toEqual([])
  await desk.context().close()
  await resident.context.close()
})

test('a member declines with a reason, the next accepts, and is told when the resident calls it off', async () => {
  const headers = { 'x-gelin': '1', origin: origin() }
  const call = aPress([door.longitude, door.latitude], { note: '楼道顶上漏水，请人来看看' })
  await first.page.waitForTimeout(2_100)
  expect((await first.page.request.post('/api/calls', { headers, data: call })).ok()).toBe(true)
  await expect(first.page.getByText('楼道顶上漏水，请人来看看')).toBeVisible(WITHIN)
  await press(first.page, '去不了，转下一位')
  expect(await violations(first.page)).toEqual([])
  await press(first.page, '手上有事')
  await accept(second).click(WITHIN)
  await press(second.page, '我出发了')
  const cancelled = await first.page.request.post('/api/calls/own/cancel', { headers, data: { secret: call.secret } })
  expect(cancelled.ok()).toBe(true)
  await expect(second.page.getByText('居民取消了呼叫，您不用去了。')).toBeVisible(WITHIN)
  await expect(second.page.getByRole('button', { name: '下班' })).toBeVisible(WITHIN)
  for (const { faults } of [first, second]) expect(faults).toEqual([])
})
