/** A weekday morning as a newcomer sees it: the product with its simulator, and people who really move on the screen. */
import { expect, type Page, test } from '@playwright/test'
import { type Product, startProduct } from '../support/product.ts'
import { mapOf } from './desk.ts'
import { changedSpots, drawnPeople, tapMap } from './drawn-people.ts'
import { freshLink, signInBy } from './sign-in.ts'

test.setTimeout(240_000)
test.use({ colorScheme: 'dark' })

const PEOPLE_WITHIN_MS = 120_000
/** The simulator brings 170 people on duty, ten a second. */
const MANY = 150

let product: Product
test.beforeAll(async () => {
  test.setTimeout(180_000)
  product = await startProduct()
})
test.afterAll(() => product?.stop())

async function open(page: Page, role: string): Promise<void> {
  await tapMap(page)
  await signInBy(page, freshLink(role, product))
}

test('three seconds apart, a hundred people are drawn in other places', async ({ page, context }) => {
  await open(page, 'dispatcher')
  await expect
    .poll(async () => (await drawnPeople(page)).size, { timeout: PEOPLE_WITHIN_MS })
    .toBeGreaterThanOrEqual(MANY)

  const look = async () => ({
    people: await drawnPeople(page),
    picture: await mapOf(page).locator('canvas').screenshot(),
  })
  const before = await look()
  await page.waitForTimeout(3_000)
  const after = await look()

  const moved = [...after.people].flatMap(([id, { position, pixel }]) => {
    const was = before.people.get(id)?.position
    return was && (was[0] !== position[0] || was[1] !== position[1]) ? [pixel] : []
  })
  expect(moved.length).toBeGreaterThanOrEqual(100)
  // What the map says, the picture shows; a mark under a panel or unmoved by a pixel's share shows nothing.
  const blank = await context.newPage()
  const shown = await changedSpots(blank, before.picture, after.picture, moved)
  console.log(`moved ${moved.length} of ${after.people.size}, seen in the pictures ${shown}`)
  expect(shown).toBeGreaterThanOrEqual(100)
})
