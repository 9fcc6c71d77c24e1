/** The console's parts and moves, by what a person reads and does there. */
import { expect, type Locator, type Page } from '@playwright/test'

/** How long a first picture may take where everything is drawn in software. */
const MAP_WITHIN_MS = 90_000

export const queueOf = (page: Page): Locator => page.locator('[data-pane="queue"]')
export const mapOf = (page: Page): Locator => page.locator('[data-pane="map"]')
export const cardOf = (page: Page): Locator => page.locator('[data-pane="card"]')

/** What was chosen, in the page's address. */
const CHOSEN = /[?&](area|building|servicePoint|case|member|call)=/
/** How long one press is given before it counts as one on nothing. */
const ANSWER_MS = 4_000
/** How far from the middle presses may go, as a share of the map's width and height. */
const FURTHEST = 0.36
const PRESSES_TO_FURTHEST = 24
/** Turned by this from one press to the next, no two of them come near each other. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))

/**
 * Presses the map until a grid's card opens, in a widening spiral from its middle: a press before the tiles have come
 * hits nothing, and one on a case, a person or a service point opens that instead. Where those lie changes with the day.
 */
export async function pressCell(page: Page): Promise<void> {
  const canvas = mapOf(page).locator('canvas')
  await expect(canvas).toBeVisible({ timeout: MAP_WITHIN_MS })
  let presses = 0
  await expect(async () => {
    await chooseNothing(page)
    expect(await pressAt(page, canvas, spiral(presses++))).toBe('area')
    // Told by structure and not by words, since it serves both languages: a chain with its areas.
    await expect(cardOf(page).locator('ol > li').first()).toBeVisible({ timeout: 10_000 })
  }).toPass({ timeout: MAP_WITHIN_MS, intervals: [0] })
}

async function chooseNothing(page: Page): Promise<void> {
  if (!CHOSEN.test(page.url())) return
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(CHOSEN, { timeout: ANSWER_MS })
}

/** Shares of width and height, from 0 to 1. */
function spiral(index: number): readonly [number, number] {
  const radius = FURTHEST * Math.sqrt((index % PRESSES_TO_FURTHEST) / PRESSES_TO_FURTHEST)
  const angle = index * GOLDEN_ANGLE
  return [0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle)]
}

/** Presses one place of the canvas, unless something lies over it; returns the kind of what opened, or null. */
async function pressAt(page: Page, canvas: Locator, [across, down]: readonly [number, number]): Promise<string | null> {
  const box = await canvas.boundingBox()
  if (!box) return null
  const place = [box.x + box.width * across, box.y + box.height * down] as const
  const isFree = await canvas.evaluate((element, [x, y]) => document.elementFromPoint(x, y) === element, place)
  if (!isFree) return null
  await page.mouse.click(...place)
  await page.waitForURL(CHOSEN, { timeout: ANSWER_MS }).catch(() => null)
  return CHOSEN.exec(page.url())?.[1] ?? null
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
