/** Pictures of the console for people to look at, left under test-results: both themes, both usual screens. */
import { expect, test } from '@playwright/test'
import { cardOf, pressCell, waitForStillMap } from './desk.ts'
import { freshLink, signInBy } from './sign-in.ts'

test.setTimeout(300_000)

const screens = [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
]

for (const theme of ['dark', 'light'] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme })

    test('shows a grid and its card without cutting anything off', async ({ page }) => {
      await signInBy(page, freshLink('dispatcher'))
      for (const screen of screens) {
        await page.setViewportSize(screen)
        await page.goto('/dispatch/')
        await pressCell(page)
        await page.mouse.move(screen.width / 2, 20)
        await waitForStillMap(page)
        await expect(cardOf(page)).toBeInViewport({ ratio: 1 })
        // The page itself never scrolls; its panes do.
        expect(
          await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]),
        ).toEqual([screen.width, screen.height])
        const path = `test-results/console-${theme}-${screen.width}x${screen.height}.png`
        await page.screenshot({ path })
      }
    })
  })
}
