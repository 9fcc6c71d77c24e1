/** A dispatcher's first hour, by mouse and keyboard, with nothing going wrong in the page. */
import { expect, type Page, test } from '@playwright/test'
import { cardOf, findInPalette, mapOf, numbersIn, pressCell, queueOf } from './desk.ts'
import { printedLink, signInBy } from './sign-in.ts'
import { watchPage } from './watch-page.ts'

test.use({ colorScheme: 'dark' })
test.setTimeout(240_000)

test('a dispatcher reads a cell, filters the heat, finds a building, changes the looks and leaves', async ({
  page,
}) => {
  const faults = await watchPage(page, process.env.GELIN_TEST_ORIGIN ?? '')
  await test.step('signs in by the printed link', async () => {
    await signInBy(page, printedLink('dispatcher'))
    await expect(page).toHaveTitle(/调度台/)
  })
  await test.step('reads a cell', () => readCell(page))
  await test.step('filters the heat', () => filterHeat(page))
  await test.step('finds a building by the palette', () => findBuilding(page))
  await test.step('switches language and theme', () => changeLooks(page))
  await test.step('signs out', () => signOut(page))
  expect(faults).toEqual([])
})

async function readCell(page: Page): Promise<void> {
  await pressCell(page)
  const card = cardOf(page)
  const name = await card.getByRole('heading', { level: 2 }).innerText()

  const chain = section(page, '责任链').locator('li')
  await expect(chain).toHaveCount(3)
  await expect(chain.nth(0)).toContainText(/街道.+街道.*值班主任.*[\p{Script=Han}]{2,}/su)
  await expect(chain.nth(1)).toContainText(/社区.+社区.*书记.*[\p{Script=Han}]{2,}/su)
  await expect(chain.nth(2)).toContainText(name)
  for (const link of await chain.all()) await expect(link).not.toContainText('未指定')

  const roster = section(page, '名册')
  const [people] = numbersIn(await roster.getByRole('heading').innerText())
  expect(people).toBeGreaterThan(0)
  await expect(roster.getByRole('button').first()).toContainText(/1\d{10}/)

  const cases = section(page, '未结案件')
  const [open = 0] = numbersIn(await cases.getByRole('heading').innerText())
  if (open === 0) await expect(cases).toContainText('没有未结案件')
  else await expect(cases.locator('li').first()).toContainText(/剩|超|无时限/)
}

const section = (page: Page, title: string) =>
  cardOf(page)
    .locator('section')
    .filter({ has: page.getByRole('heading', { level: 3, name: title }) })

interface Shown {
  all: number
  listed: number
  heated: number
  offMap: number
}

/** What the page says about the cases in four places: tab, list, heat legend, and the foot of the queue. */
async function readCounts(page: Page): Promise<Shown> {
  const [all = Number.NaN] = numbersIn(await queueOf(page).getByRole('button', { name: /^全部/ }).innerText())
  const listed = Number(await queueOf(page).locator('[role="option"]').first().getAttribute('aria-setsize'))
  const legend = await mapOf(page)
    .getByText(/件计入/)
    .innerText()
  const [heated = Number.NaN, offMap = 0] = numbersIn(legend)
  const foot = queueOf(page).locator('footer')
  const footOffMap = (await foot.count()) === 0 ? 0 : numbersIn(await foot.innerText())[0]
  expect(footOffMap).toBe(offMap)
  return { all, listed, heated, offMap }
}

async function filterHeat(page: Page): Promise<void> {
  await page.keyboard.press('h')
  await expect(mapOf(page).getByRole('checkbox', { name: /案件热力/ })).toBeChecked()
  await expect(mapOf(page).getByRole('heading', { name: '未结案件热力' })).toBeVisible()

  const before = await readCounts(page)
  expect(before.all).toBeGreaterThan(100)
  expect(before.offMap).toBeGreaterThan(0)
  expect(before).toMatchObject({ listed: before.all, heated: before.all - before.offMap })

  const category = queueOf(page).getByRole('combobox', { name: '案件类别' })
  const choices = await category.locator('option').allInnerTexts()
  // The sum over every category is the whole: no case is in none, and none in two.
  const counts = choices.slice(1).map((text) => numbersIn(text).at(-1) ?? 0)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(before.all)

  await category.selectOption({ index: 1 })
  await expect(queueOf(page).getByRole('button', { name: /^全部/ })).toContainText(String(counts[0]))
  const after = await readCounts(page)
  expect(after).toMatchObject({ all: counts[0], listed: counts[0], heated: after.all - after.offMap })
  expect(after.all).toBeLessThan(before.all)

  await category.selectOption({ index: 0 })
  await expect.poll(() => readCounts(page)).toEqual(before)
  await page.keyboard.press('h')
  await expect(mapOf(page).getByText(/件计入/)).toBeHidden()
}

async function findBuilding(page: Page): Promise<void> {
  const known = section(page, '楼栋').locator('li').first()
  const name = (await known.locator('bdi').first().innerText()).trim()
  const line = await findInPalette(page, name)
  await expect(line).toContainText(name)
  await expect(line).toContainText('楼栋')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(cardOf(page).getByRole('heading', { level: 2 })).toHaveText(name)
  await expect(cardOf(page)).toContainText('所在网格')
  await expect(page).toHaveURL(/[?&]building=/)
}

async function changeLooks(page: Page): Promise<void> {
  const root = page.locator('html')
  await expect(root).toHaveAttribute('data-theme', 'dark')
  await expect(root).toHaveAttribute('lang', 'zh-CN')
  const background = () => page.getByRole('banner').evaluate((bar) => getComputedStyle(bar).backgroundColor)
  const dark = await background()

  await page.getByRole('button', { name: 'Switch to English' }).click()
  await expect(queueOf(page).getByRole('heading', { level: 2 })).toHaveText('Case queue')
  await page.getByRole('button', { name: 'Switch to light' }).click()
  await expect(root).toHaveAttribute('data-theme', 'light')
  await expect.poll(background).not.toBe(dark)

  await page.reload()
  await expect(queueOf(page).getByRole('heading', { level: 2 })).toHaveText('Case queue')
  await expect(root).toHaveAttribute('data-theme', 'light')
  await expect(root).toHaveAttribute('lang', 'en')
  // The building is still what the card shows.
  await expect(
    cardOf(page).getByText('Households', { exact: true }).or(cardOf(page).getByText('Floors')).first(),
  ).toBeVisible()
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /account menu$/ }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('textbox').first()).toBeVisible()
  await expect(queueOf(page)).toBeHidden()
  // Asked with the browser's cookies, beside the page.
  expect((await page.request.get('/api/cases/open')).status()).toBe(401)
}
