/** Code in place of words (T9): put in by the public ways, read back everywhere, and never more than text. */
import { expect, type Locator, type Page, test } from '@playwright/test'
import { routes } from '../../contract/routes.ts'
import { cardOf, findInPalette, pressCell, queueOf, waitForStillMap } from './desk.ts'
import { findPlanted, hostileTexts } from './hostile-texts.ts'
import { freshLink, signInBy } from './sign-in.ts'
import { watchPage } from './watch-page.ts'

test.setTimeout(300_000)

/** A word that all hostile records of a table share and nothing else has, so that one search shows them. */
const MARK = 'zzqx'

test('what residents and dispatchers write', async ({ page }) => {
  const faults = await watchPage(page, process.env.GELIN_TEST_ORIGIN ?? '')
  await signInBy(page, freshLink('dispatcher'))
  const grid = (await read(page, '/api/areas')).find(({ level }) => level === 'grid')
  for (const text of hostileTexts)
    await send(page, routes['cases.report'].path, {
      title: text,
      text: `${text} ${hostileTexts.join(' ')}`.slice(0, 1900),
      categoryKey: null,
      priority: 'normal',
      source: 'resident',
      position: grid?.centre,
      address: text,
      reporterName: text,
      reporterPhone: null,
    })

  await test.step('the queue', async () => {
    await page.goto(`/dispatch/?area=${grid?.id}`)
    await cardOf(page).getByRole('button', { name: '只看这里的案件' }).click()
    await expect(queueOf(page).getByText(/^只看/)).toBeVisible()
    await expectAll(await readThrough(queueOf(page).getByRole('listbox'), 'option'))
    await expectNothingPlanted(page)
  })
  await test.step('search and card', async () => {
    for (const text of hostileTexts) {
      await findInPalette(page, text)
      await page.getByRole('dialog').getByRole('option').filter({ hasText: text }).first().click()
      await expect(cardOf(page).getByRole('heading', { level: 2 })).toHaveText(text)
      await expect(cardOf(page).locator('p bdi').first()).toContainText(text)
      await expectNothingPlanted(page)
    }
  })
  expect(faults).toEqual([])
})

test('what administrators write and load', async ({ page }) => {
  const faults = await watchPage(page, process.env.GELIN_TEST_ORIGIN ?? '')
  await signInBy(page, freshLink('streetAdmin'))
  const areas = await read(page, '/api/areas')
  const grid = areas.find(({ level }) => level === 'grid')
  for (const [index, name] of hostileTexts.entries()) {
    await send(page, routes['members.create'].path, {
      name,
      badge: `${MARK}${index}`,
      phone: null,
      isPartyMember: false,
      skills: [],
      posts: [{ post: 'gridMember', areaId: grid?.id }],
    })
    await send(page, routes['servicePoints.create'].path, {
      name,
      kind: 'station',
      address: name,
      phone: null,
      services: [MARK, name.slice(0, 30)],
      hours: Array.from({ length: 7 }, () => [['08:00', '18:00']]),
      position: grid?.centre,
    })
  }
  await loadHostileGrids(page, String(areas.find(({ level }) => level === 'community')?.code))

  for (const [section, word] of [
    ['people', MARK],
    ['points', MARK],
    ['areas', MARK],
  ] as const)
    await test.step(`the table of ${section}`, async () => {
      await page.goto(`/dispatch/admin/${section}`)
      await page.getByRole('searchbox').fill(word)
      const grid = page.getByRole('grid')
      await expect(grid).toHaveAttribute('aria-rowcount', String(hostileTexts.length + 1))
      await expectAll(await readThrough(grid.locator('xpath=..'), 'row'))
      await expectNothingPlanted(page)
    })
  await test.step('a form of one of them', async () => {
    await page.goto('/dispatch/admin/people')
    await page.getByRole('searchbox').fill(`${MARK}8`)
    await page
      .getByRole('grid')
      .getByRole('row')
      .filter({ hasText: hostileTexts[8] ?? '' })
      .click()
    await expect(page.getByRole('complementary').getByRole('textbox').first()).toHaveValue(hostileTexts[8] ?? '')
    await expectNothingPlanted(page)
  })
  await test.step('the audit log', async () => {
    await page.goto('/dispatch/admin/audit')
    await expect(page.getByRole('grid').getByRole('row').nth(3)).toBeVisible()
    await expectAll(await readThrough(page.getByRole('grid').locator('xpath=..'), 'row'))
    await expectNothingPlanted(page)
  })
  await test.step('names on the map, a roster, a person', async () => {
    await page.goto(`/dispatch/?area=${grid?.id}`)
    await expect(cardOf(page).getByRole('heading', { level: 3, name: '名册' })).toBeVisible()
    await cardOf(page).getByRole('button', { name: /^全部/ }).first().click()
    await expect(cardOf(page)).toContainText(hostileTexts[0] ?? '')
    await expectNothingPlanted(page)
    for (const { id } of (await read(page, '/api/areas'))
      .filter(({ code }) => String(code).startsWith(MARK))
      .slice(0, 3)) {
      await page.goto(`/dispatch/?area=${id}`)
      await expect(cardOf(page).getByRole('heading', { level: 2 })).not.toHaveText('…')
      await waitForStillMap(page)
      await expectNothingPlanted(page)
    }
    await pressCell(page)
  })
  expect(faults).toEqual([])
})

interface AreaRow {
  id: string
  code: string
  level: string
  centre: readonly [number, number]
}

async function read(page: Page, path: string): Promise<AreaRow[]> {
  const answer = await page.request.get(path)
  expect(answer.status()).toBe(200)
  return (await answer.json()) as AreaRow[]
}

async function send(page: Page, path: string, data: object): Promise<void> {
  const answer = await page.request.post(path, { data, headers: { 'x-gelin': '1' } })
  expect(`${answer.status()} ${answer.status() === 200 ? '' : await answer.text()}`).toBe('200 ')
}

/** Small squares in a row beside the district, one a text, loaded as a file. */
async function loadHostileGrids(page: Page, parent: string): Promise<void> {
  const [east, north] = (await read(page, '/api/areas')).reduce<readonly [number, number]>(
    (most, { centre }) => (centre[0] > most[0] ? centre : most),
    [-180, 0],
  )
  const size = 0.002
  const square = (west: number, south: number) => [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ]
  const features = hostileTexts.map((name, index) => ({
    type: 'Feature',
    properties: { code: `${MARK}${index}`, name, level: 'grid', parent },
    geometry: {
      type: 'Polygon',
      coordinates: [square(east + 0.03 + (index % 8) * size, north + Math.floor(index / 8) * size)],
    },
  }))
  const answer = await page.request.post(
    '/api/loads?fileName=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E.geojson&kind=areas',
    {
      headers: { 'x-gelin': '1', 'content-type': 'application/octet-stream' },
      data: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })),
    },
  )
  expect(await answer.json()).toMatchObject({ state: 'done', refused: [] })
}

/** The text of a list of which only the part in sight exists. */
async function readThrough(scroller: Locator, role: 'option' | 'row'): Promise<string> {
  const seen = new Set<string>()
  await expect(async () => {
    for (const text of await scroller.getByRole(role).allTextContents()) seen.add(text)
    const isAtEnd = await scroller.evaluate((list) => {
      const before = list.scrollTop
      list.scrollTop += list.clientHeight / 2
      return list.scrollTop === before
    })
    expect(isAtEnd).toBe(true)
  }).toPass({ timeout: 60_000, intervals: [150] })
  return [...seen].join('\n')
}

function expectAll(text: string): void {
  expect(hostileTexts.filter((hostile) => !text.includes(hostile))).toEqual([])
}

async function expectNothingPlanted(page: Page): Promise<void> {
  expect(await page.evaluate(findPlanted)).toEqual([])
}
