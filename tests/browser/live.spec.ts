/** A weekday morning as a newcomer sees it: the product with its simulator, and people who really move on the screen. */
import { setTimeout as pause } from 'node:timers/promises'
import { expect, type Page, test } from '@playwright/test'
import { PERSON_BYTES } from '../../contract/position-frame.ts'
import { type Product, startProduct } from '../support/product.ts'
import { callUpCrowd } from './crowd.ts'
import { mapOf } from './desk.ts'
import { changedSpots, drawnPeople, tapMap } from './drawn-people.ts'
import { calibrate, markMessages, scriptingPerMessage } from './scripting-time.ts'
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

const CROWD = 10_000
const FRAMES = 24
const FRAMES_WITHIN_MS = 60_000
/**
 * Processor time of the page's scripts for a second's frame, in 95 of a hundred, the drawing library's own included. The
 * aim is 50 ms; with other work on both cores it was 69 to 81 by this clock (about 50 at the median), so this keeps it from growing.
 */
const KEPT_MS = 120
/**
 * The least that `calibrate` was seen to take, on two cores of 2026 that others worked on too. The trace counts processor time, so waiting
 * for the processor costs nothing; but on a machine that is shared every instruction takes longer, with cold caches and
 * half a core. By what the calibration takes longer than this, the limit grows by too. It never shrinks.
 */
const CALIBRATION_MS = 18

test('ten thousand people who all walk are drawn where they go, and take no more of the page than they did', async ({
  page,
}) => {
  const crowd = await callUpCrowd(product, CROWD)
  let isWalking = true
  const walking = (async () => {
    while (isWalking) await Promise.all([crowd.walk().catch(() => {}), pause(1_000)])
  })()
  try {
    await markMessages(page, 0.99 * CROWD * PERSON_BYTES)
    await open(page, 'dispatcher')
    await expect
      .poll(async () => (await drawnPeople(page)).size, { timeout: PEOPLE_WITHIN_MS, intervals: [3_000] })
      .toBeGreaterThanOrEqual(0.99 * CROWD)
    const before = await drawnPeople(page)
    const calibrations = [await calibrate(page)]
    const took = await scriptingPerMessage(page, async () => {
      const frames = () => page.evaluate(() => performance.getEntriesByType('mark').length)
      const enough = (await frames()) + FRAMES + 1
      await expect.poll(frames, { timeout: FRAMES_WITHIN_MS, intervals: [1_000] }).toBeGreaterThanOrEqual(enough)
    })
    calibrations.push(await calibrate(page))
    const after = await drawnPeople(page)
    const moved = [...after].filter(([id, { position }]) => before.get(id)?.position.join() !== position.join())

    const sorted = took.toSorted((a, b) => a - b)
    const [p50 = Number.NaN, p95 = Number.NaN] = [0.5, 0.95].map(
      (share) => sorted[Math.ceil(share * sorted.length) - 1],
    )
    const calibration = calibrations.reduce((sum, ms) => sum + ms, 0) / calibrations.length
    const allowed = KEPT_MS * Math.max(1, calibration / CALIBRATION_MS)
    console.log(
      `scripts for each of ${took.length} frames of ${CROWD}: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms; ` +
        `calibration ${calibration.toFixed(0)} ms, so ${allowed.toFixed(0)} ms are allowed; moved ${moved.length}`,
    )
    expect(took.length).toBeGreaterThanOrEqual(FRAMES - 1)
    // Who is not drawn where he went costs nothing.
    expect(moved.length).toBeGreaterThanOrEqual(0.9 * CROWD)
    expect(p50).toBeGreaterThan(1)
    expect(p95).toBeLessThanOrEqual(allowed)
  } finally {
    isWalking = false
    await walking
  }
})
