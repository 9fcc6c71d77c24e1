/** The console's parts and moves, by what a person reads and does there. */
import { expect, type Locator, type Page } from '@playwright/test'

/** How long a first picture may take where everything is drawn in software. */
const MAP_WITHIN_MS = 90_000

export const queueOf = (page: Page): Locator => page.locator('[data-pane="queue"]')
export const mapOf = (page: Page): Locator => page.locator('[data-pane="map"]')
export const cardOf = (page: Page): Locator => page.locator('[data-pane="card"]')

/**
 * Presses the middle of the map until a grid's card opens. A press before the tiles have come hits nothing, and one on
 * a case or service point opens that instead; then the next is made a little aside.
 */
export async function pressCell(page: Page): Promise<void> {
  const canvas = mapOf(page).locator('canvas')
  await expect(canvas).toBeVisible({ timeout: MAP_WITHIN_MS })
  let presses = 0
  await expect(async () => {
    const box = await canvas.boundingBox()
    if (!box) throw new Error('The map has no size yet.')
    await page.mouse.click(box.x + box.width / 2 + 7 * (presses % 5), box.y + box.height / 2 + 5 * (presses % 3))
    presses++
    await expect(page).toHaveURL(/[?&]area=/, { timeout: 1_500 })
  }).toPass({ timeout: MAP_WITHIN_MS })
  // Told by structure and not by words, since it serves both languages: a chain with its areas.
  await expect(cardOf(page).locator('ol > li').first()).toBeVisible()
}

/** Waits until the map has drawn what it knows: two pictures of it, one after the other, are the same. */
export async function waitForStillMap(page: Page): Promise<void> {
  const canvas = mapOf(page).locator('canvas')
  let before = ''
  await expect(async () => {
    const now = (await canvas.screenshot()).toString('base64')
    const isStill = now === before
    before = now
    expect(isStill).toBe(true)
  }).toPass({ timeout: MAP_WITHIN_MS, intervals: [700] })
}

/** Opens the palette, types, and returns the line that Enter would take. */
export async function findInPalette(page: Page, words: string): Promise<Locator> {
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog')
  await palette.getByRole('combobox').fill(words)
  return palette.getByRole('option', { selected: true })
}

/** Whole numbers of a text in reading order. */
export const numbersIn = (text: string): number[] =>
  [...text.matchAll(/\d[\d,]*/g)].map(([digits]) => Number(digits.replaceAll(',', '')))
