/** The residents' page on a phone: without a login, without a position, without a network, in both languages, light enough. */
import AxeBuilder from '@axe-core/playwright'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { memberPhone } from './member-phone.ts'
import { freshLink } from './sign-in.ts'
import { watchPage } from './watch-page.ts'

const origin = () => process.env.GELIN_TEST_ORIGIN ?? ''
const PAGE_BYTES = 120_000
const INTERACTIVE_MS = 3_000

// Thirty looks by axe and a map in software take their time on a busy machine.
test.setTimeout(300_000)
test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'light' })

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

/** Says where he is by typing part of an address and taking the first building found. */
async function chooseByAddress(page: Page, words = '花园'): Promise<string> {
  await page.goto('/resident/#/where')
  await page.getByRole('searchbox').fill(words)
  const first = page.getByRole('listitem').getByRole('button').filter({ hasText: '·' }).first()
  const title = (await first.locator('b').textContent()) ?? ''
  await first.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  return title
}

const callButton = (page: Page) => page.getByRole('button', { name: /呼叫网格员/ })
const telephone = (page: Page) => page.locator('a[href^="tel:"]').first()
const emergency = (page: Page) => page.getByRole('link', { name: /110|119|120/ })

/** Parts that lie in sight without scrolling, and are covered by nothing. */
async function isInSight(page: Page, text: string | RegExp): Promise<boolean> {
  return page
    .getByText(text)
    .first()
    .evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect()
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      return bottom <= innerHeight && hit !== null && (element.contains(hit) || hit.contains(element))
    })
}

test('an address is enough to learn who is there, where to go and whom to ring', async ({ page }) => {
  const faults = await watchPage(page, origin())
  await page.goto('/resident/')
  await expect(emergency(page)).toHaveCount(3)
  await expect(telephone(page)).toHaveAttribute('href', /^tel:[0-9+]{3,}$/)
  await chooseByAddress(page)
  for (const text of [/网格[员长]$/, '工号', '最近的服务点', '反映问题', '查进度', '呼叫网格员', '120'])
    expect(await isInSight(page, text), String(text)).toBe(true)
  expect(await violations(page)).toEqual([])
  await page.reload()
  await expect(page.getByText('工号')).toBeVisible()
  expect(faults).toEqual([])
})

test.describe('as much of it as WeChat leaves in sight', () => {
  test.use({ viewport: { width: 390, height: 664 } })

  test('still holds member, points, report and call', async ({ page }) => {
    await chooseByAddress(page)
    for (const text of [/网格[员长]$/, '工号', '最近的服务点', '反映问题', '呼叫网格员', '110'])
      expect(await isInSight(page, text), String(text)).toBe(true)
  })
})

test('large type and English hold every page, and axe finds nothing', async ({ page }) => {
  await chooseByAddress(page)
  const pages = ['#/', '#/where', '#/points', '#/report', '#/reports']
  for (const step of ['standard', 'large', 'English'] as const) {
    await page.goto('/resident/#/')
    if (step === 'large') await page.getByRole('button', { name: '大字' }).click()
    if (step === 'English') {
      await page.getByRole('button', { name: 'English' }).click()
      await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    }
    for (const hash of pages) {
      await page.goto(`/resident/${hash}`)
      await expect(emergency(page)).toHaveCount(3)
      expect(await violations(page), `${step} ${hash}`).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, `${step} ${hash}`).toBeLessThanOrEqual(0)
    }
  }
})

test('refusing to give the position is a normal way on', async ({ page }) => {
  await page.goto('/resident/#/where')
  await page.getByRole('button', { name: '用手机定位' }).click()
  await expect(page.getByText('手机没给位置，不要紧。')).toBeVisible()
  await expect(page.getByRole('searchbox')).toBeVisible()
  expect(await violations(page)).toEqual([])
})

/** The place that the page knows. */
const placeOf = (page: Page): Promise<[number, number]> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('gelin.resident.home') ?? 'null').home.place.position)
const title = (page: Page) => page.getByRole('heading', { level: 1 })

test('one press brings a member: he comes, arrives, is done and rated; a reload and a second tap change nothing', async ({
  page,
}) => {
  const faults = await watchPage(page, origin())
  await chooseByAddress(page)
  const member = await memberPhone(origin(), freshLink('member'), await placeOf(page))
  const newest = () => member.rings.at(-1) ?? Promise.reject(new Error('Nothing rang.'))
  let pressed = 0
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/calls')) pressed++
  })
  // Who has just come on duty is known to the ranking within two seconds.
  await page.waitForTimeout(2_100)
  await callButton(page).dblclick()
  await expect(title(page)).toHaveText('第 1 位正在响铃')
  await expect(page.getByText('秒后换下一位')).toBeVisible()
  expect(await violations(page)).toEqual([])
  const link = page.url()
  expect(new URL(link).hash).toMatch(/^#\/call\/[A-Za-z0-9_-]{43}$/)
  await page.goto('/resident/#/')
  await page.reload()
  await page.getByRole('link', { name: /回到呼叫/ }).click()
  expect(page.url()).toBe(link)
  await member.accept(await newest())
  await expect(page.getByText('开门前请看工牌，号码一样才是本人。')).toBeVisible()
  // Not verified: a range of minutes, and no map.
  await expect(title(page)).toHaveText(/^大约 \d+–\d+ 分钟到$/)
  await expect(page.locator('.maplibregl-canvas')).toHaveCount(0)
  expect(await violations(page)).toEqual([])
  await member.progress(await newest(), 'onTheWay')
  await expect(page.getByText('正走过来')).toBeVisible()
  await page.reload()
  await member.progress(await newest(), 'arrived')
  await expect(title(page)).toHaveText(/到了$/)
  await member.progress(await newest(), 'done')
  await expect(title(page)).toHaveText('您的事办成了吗？')
  await page.getByRole('button', { name: '提交评价' }).click()
  await expect(page.getByRole('alert')).toContainText('请选服务怎么样')
  await page.getByRole('radio', { name: '办成了', exact: true }).check({ force: true })
  await page.getByRole('radio', { name: '满意', exact: true }).check({ force: true })
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: '提交评价' }).click()
  await expect(title(page)).toHaveText('谢谢您的评价')
  expect(await violations(page)).toEqual([])
  expect([pressed, member.rings.length]).toEqual([1, 1])
  await member.leave()
  expect(faults).toEqual([])
})

test('without a position one chooses and calls; nobody on duty: the duty desk has it; cancelled after one more question', async ({
  page,
}) => {
  const faults = await watchPage(page, origin())
  await page.goto('/resident/')
  await callButton(page).click()
  await expect(page.getByText('手机没给位置，不要紧。')).toBeVisible()
  await page.getByRole('searchbox').fill('花园')
  await page.getByRole('listitem').getByRole('button').filter({ hasText: '·' }).first().click()
  await page.getByRole('button', { name: /从这里呼叫/ }).click()
  await expect(title(page)).toHaveText('正在转人工值班室')
  await expect(page.getByText('现在没有能来的网格员')).toBeVisible()
  await expect(emergency(page)).toHaveCount(3)
  await page.goto('/resident/#/')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('link', { name: /Back to the call/ }).click()
  await expect(title(page)).toHaveText('Passing you to the duty desk')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Cancel the call' }).click()
  await expect(page.getByRole('button', { name: 'Keep waiting' })).toBeFocused()
  await page.getByRole('button', { name: 'Yes, cancel' }).click()
  await expect(title(page)).toHaveText('This call was cancelled')
  expect(await violations(page)).toEqual([])
  expect(faults).toEqual([])
})

test('the link of no call says so, and how to get help', async ({ page }) => {
  for (const secret of ['x', 'z'.repeat(43)]) {
    await page.goto(`/resident/#/call/${secret}`)
    await expect(title(page)).toHaveText('没找到这次呼叫')
    await expect(telephone(page)).toBeVisible()
  }
  expect(await violations(page)).toEqual([])
})

test('the map comes when asked for, and a press on it is a place', async ({ page }) => {
  const faults = await watchPage(page, origin())
  await chooseByAddress(page)
  await page.goto('/resident/#/where')
  await page.getByRole('button', { name: '在地图上点' }).click()
  const canvas = page.locator('.maplibregl-canvas')
  await expect(canvas).toBeVisible()
  await canvas.click({ position: { x: 120, y: 120 } })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('您选的位置')
  expect(faults).toEqual([])
})

test('a report is followed by its link, on another phone too', async ({ browser, page }) => {
  const faults = await watchPage(page, origin())
  await chooseByAddress(page)
  await page.getByRole('link', { name: '反映问题' }).click()
  await page.getByRole('button', { name: '提交' }).click()
  await expect(page.getByRole('alert')).toContainText('请选是什么事')
  await page.getByText('井盖路面').click()
  await page.getByRole('button', { name: '提交' }).click()
  await expect(page.getByText('收到了，等受理员看')).toBeVisible()
  expect(await violations(page)).toEqual([])
  const link = page.url()
  expect(new URL(link).hash).toMatch(/^#\/follow\/[A-Za-z0-9_-]{43}$/)
  const other = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
  const theirs = await other.newPage()
  await theirs.goto(link)
  await expect(theirs.getByText('收到了，等受理员看')).toBeVisible()
  await other.close()
  expect(faults).toEqual([])
})

/** Cuts the line to the interface, as a lift does; pages already there stay. */
const cut = (context: BrowserContext) => context.route('**/api/**', (route) => route.abort('internetdisconnected'))

test('without a network it shows what it knows, keeps a report, and sends it once', async ({ page, context }) => {
  const place = await chooseByAddress(page)
  // The pages behind the first load when they are gone to; this phone has been there.
  await page.goto('/resident/#/report')
  await expect(page.getByRole('button', { name: '提交' })).toBeVisible()
  await cut(context)
  await page.getByText('噪声扰民').click()
  await page.getByRole('button', { name: '提交' }).click()
  await expect(page.getByText('没有网络，先存在手机里了')).toBeVisible()
  await page.goto('/resident/#/')
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(page.getByText('没有网络')).toBeVisible()
  await expect(page.getByText(/下面是 \d\d:\d\d 存下的/)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(place)
  await expect(page.getByText('1 件反映存在手机里')).toBeVisible()
  await expect(telephone(page)).toBeVisible()
  await expect(callButton(page)).toHaveCount(0)
  expect(await violations(page)).toEqual([])

  let sent = 0
  await context.unroute('**/api/**')
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/resident/reports')) sent++
  })
  await page.getByRole('button', { name: '再试一次网络' }).click()
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(page.getByText('1 件在办')).toBeVisible()
  await expect(page.getByText('没有网络')).toHaveCount(0)
  expect(sent).toBe(1)
})

/** A phone on a poor mobile network: 1.6 Mbit/s, 150 ms there and back, a processor a quarter as fast as this one. */
const POOR = { bytesPerSecond: 200_000, roundTripMs: 150, slowerBy: 4 }
/** The page, its scripts, the answer about the place; one more for the connection. */
const ROUND_TRIPS = 4

test(`before the map it weighs at most ${PAGE_BYTES / 1000} kB, and is there in ${INTERACTIVE_MS / 1000} s on a poor phone`, async ({
  browser,
  page,
}) => {
  await chooseByAddress(page)
  const state = await page.context().storageState()
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, storageState: state })
  const fresh = await phone.newPage()
  const meter = await phone.newCDPSession(fresh)
  await meter.send('Network.enable')
  // The main thread's own processor time: what else this machine does at the moment is not the page's.
  await meter.send('Performance.enable', { timeDomain: 'threadTicks' })
  let bytes = 0
  meter.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await fresh.goto(`${origin()}/resident/`)
  await expect(fresh.getByText('工号')).toBeVisible()
  await callButton(fresh).click({ trial: true })
  const { metrics } = await meter.send('Performance.getMetrics')
  const processorMs = 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
  const interactiveMs =
    POOR.slowerBy * processorMs + (1_000 * bytes) / POOR.bytesPerSecond + ROUND_TRIPS * POOR.roundTripMs
  console.log(
    `residents' page: ${(bytes / 1_000).toFixed(1)} kB, ${processorMs.toFixed(0)} ms of processor time, ` +
      `${interactiveMs.toFixed(0)} ms on a poor phone`,
  )
  expect(bytes).toBeLessThanOrEqual(PAGE_BYTES)
  expect(interactiveMs).toBeLessThanOrEqual(INTERACTIVE_MS)
  await phone.close()
})
