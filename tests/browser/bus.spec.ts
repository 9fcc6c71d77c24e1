/** A real bus on its recorded way: reported as its driver's phone app would, seen on two screens, gone with the duty. */
import { setTimeout as pause } from 'node:timers/promises'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { DUTY_NOTICE_VERSION } from '../../contract/duty.ts'
import { distanceMetres, type LonLat } from '../../contract/geo.ts'
import { createAuth } from '../../server/auth/auth.ts'
import type { Database } from '../../server/database/connect.ts'
import { withDatabase } from '../../server/database/open.ts'
import { insertAccount } from '../support/accounts.ts'
import { load } from '../support/load.ts'
import { type Product, startProduct } from '../support/product.ts'
import { consumeLink } from '../support/product-clients.ts'
import { realFile } from '../support/real-data.ts'
import { cardOf } from './desk.ts'
import { drawnPeople, tapMap } from './drawn-people.ts'
import { signInBy } from './sign-in.ts'
import { lossOf, watchForLoss } from './watch-for-loss.ts'

test.setTimeout(240_000)
test.describe.configure({ mode: 'serial' })

const DRIVER = '威廉·格雷'
const PATIENCE_MS = 60_000
/** One of the recorded journeys, and how many of its stretches are driven again. */
const VEHICLE = { vehicle_id: '4836', trip_id: '1105' }
const STRETCHES = 7
/** Faster than life, and slower than what is taken for a jump (server/positions/funnel.ts). */
const METRES_PER_SECOND = 50
/** What a frame rounds, and a tile of the map. */
const NEAR_METRES = 15

let product: Product
let city: Awaited<ReturnType<typeof layOutCity>>
const screens: Page[] = []
let driver: ReturnType<typeof callAs>

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  product = await startProduct({ args: ['--no-demo'] })
  city = await withDatabase({ databaseUrl: null, dataDir: product.dataDir }, layOutCity, {
    queryTimeoutMs: PATIENCE_MS,
  })
  driver = callAs(await consumeLink(product.origin, city.links.driver))
  // Nothing moves but the bus, and that without steps between: two screens in software on two cores are slow enough.
  for (const link of [city.links.dispatcher, city.links.other]) {
    const context = await browser.newContext({ viewport: { width: 1000, height: 640 }, reducedMotion: 'reduce' })
    screens.push(await openScreen(context, link))
  }
})
test.afterAll(async () => {
  for (const screen of screens) await screen.context().close()
  await product?.stop()
})

async function openScreen(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage()
  await tapMap(page)
  await signInBy(page, link)
  await page.goto(`${product.origin}/dispatch/?area=${city.grid}`)
  return page
}

const ride = (): LonLat[] =>
  (parse(realFile('liverpool-bus/route14_outbound.csv'), { columns: true }) as Record<string, string>[])
    .filter((row) => row.vehicle_id === VEHICLE.vehicle_id && row.trip_id === VEHICLE.trip_id)
    .toSorted((a, b) => (a.timestamp ?? '').localeCompare(b.timestamp ?? ''))
    .map((row) => [Number(row.longitude), Number(row.latitude)])

/** The middle part of the way, where the bus was driving and not waiting. */
function stretches(): LonLat[] {
  const way: LonLat[] = []
  for (const place of ride().slice(30)) {
    const last = way.at(-1)
    if (!last || distanceMetres(last, place) > 4 * NEAR_METRES) way.push(place)
  }
  return way.slice(0, STRETCHES + 1)
}

/** One street around the way, by the product's own loader, with a driver and two people who watch. */
async function layOutCity(db: Database) {
  const places = ride()
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)]
  const [west, south, east, north] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  const area = (code: string, level: string, parent: string | null) => ({
    type: 'Feature',
    properties: { code, name: `Route 14 ${level}`, level, parent },
    geometry: { type: 'Polygon', coordinates: [ring] },
  })
  const features = [area('L14', 'street', null), area('L14-1', 'community', 'L14'), area('L14-1-1', 'grid', 'L14-1')]
  const areas = await load(db, 'areas.geojson', JSON.stringify({ type: 'FeatureCollection', features }))
  const roster = await load(db, 'members.csv', `code,name,post,area\nBUS14,${DRIVER},gridMember,L14-1-1\n`)
  expect([areas.state, roster.state], JSON.stringify([areas, roster])).toEqual(['done', 'done'])
  const [grid] = await db.query<{ id: string }>(`SELECT id FROM areas WHERE level = 'grid'`)
  const [member] = await db.query<{ id: string }>(`SELECT id FROM members WHERE code = 'BUS14'`)
  if (!grid || !member) throw new Error('Nothing was loaded.')
  const { links } = createAuth(db)
  const linkFor = async (role: 'member' | 'dispatcher', memberId: string | null = null) => {
    const { id } = await insertAccount(db, role, { scope: role === 'member' ? [grid.id] : 'everywhere', memberId })
    return (await links.create({ accountId: id, origin: product.origin, actor: null, areaPath: null })).url
  }
  return {
    grid: grid.id,
    memberId: member.id,
    links: {
      driver: await linkFor('member', member.id),
      dispatcher: await linkFor('dispatcher'),
      other: await linkFor('dispatcher'),
    },
  }
}

/** The API as the field page uses it. */
function callAs(cookie: string) {
  return async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${product.origin}${path}`, {
      method,
      headers: { cookie, origin: product.origin, 'x-gelin': '1', 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    expect(answer.status, `${method} ${path}`).toBe(200)
    return answer.json()
  }
}

const drawnAt = async (screen: Page) => (await drawnPeople(screen)).get(city.memberId)?.position ?? null
const ON_DUTY = '在岗'
const lineOf = (screen: Page) =>
  cardOf(screen)
    .locator('section')
    .filter({ has: screen.getByRole('heading', { level: 3, name: new RegExp(`^${ON_DUTY}`) }) })
    .getByRole('listitem')
    .filter({ hasText: DRIVER })

test('a bus that reports as its app does is drawn along the way it drove', async () => {
  await driver('POST', '/api/duty/own', { noticeVersion: DUTY_NOTICE_VERSION })
  const { secret } = await driver('POST', '/api/devices', { source: 'osmand', name: '14', reportsEverySeconds: 10 })
  const way = stretches()
  expect(way).toHaveLength(STRETCHES + 1)
  let before: LonLat | null = null
  let reportedAt = 0
  for (const place of way) {
    const [longitude, latitude] = place
    const shortest = before ? (1_000 * distanceMetres(before, place)) / METRES_PER_SECOND : 0
    await pause(Math.max(0, reportedAt + shortest - Date.now()))
    reportedAt = Date.now()
    const report = new URLSearchParams({
      id: secret,
      timestamp: String(reportedAt),
      lat: String(latitude),
      lon: String(longitude),
      accuracy: '8',
    })
    expect((await fetch(`${product.origin}/ingest/osmand?${report}`)).status).toBe(200)
    for (const screen of screens)
      await expect
        .poll(
          async () => {
            const drawn = await drawnAt(screen)
            return drawn && distanceMetres(drawn, place)
          },
          { timeout: PATIENCE_MS, intervals: [100] },
        )
        .toBeLessThan(NEAR_METRES)
    before = place
  }
})

test('the end of a duty takes mark and line from every screen within a second', async () => {
  for (const screen of screens) {
    await expect(lineOf(screen)).toBeVisible()
    expect(await drawnAt(screen)).not.toBeNull()
    await watchForLoss(screen, { memberId: city.memberId, name: DRIVER, heading: ON_DUTY })
  }
  await driver('DELETE', '/api/duty/own')
  const acknowledgedAt = Date.now()
  for (const [index, screen] of screens.entries()) {
    const { mark, line } = await lossOf(screen)
    console.log(
      `screen ${index + 1}: the mark went after ${mark - acknowledgedAt} ms, the line after ${line - acknowledgedAt} ms`,
    )
    expect(mark - acknowledgedAt).toBeLessThanOrEqual(1_000)
    expect(line - acknowledgedAt).toBeLessThanOrEqual(1_000)
    await expect(lineOf(screen)).toHaveCount(0)
    expect(await drawnAt(screen)).toBeNull()
  }
})
