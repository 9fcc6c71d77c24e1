/** WCAG by axe: the console and its parts in both looks, the administration, and the page before anybody is known. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { pressCell } from './desk.ts'
import { freshLink, signInBy } from './sign-in.ts'

test.setTimeout(240_000)

/** Rules broken by the page as it stands, each with where. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

test.describe('dark, Chinese', () => {
  test.use({ colorScheme: 'dark' })

  test('console, card and palette', async ({ page }) => {
    await signInBy(page, freshLink('dispatcher'))
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
    expect(await violations(page)).toEqual([])
    await pressCell(page)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('花园')
    await expect(page.getByRole('dialog').getByRole('option').nth(3)).toBeVisible()
    expect(await violations(page)).toEqual([])
  })
})

test.describe('light, English', () => {
  test.use({ colorScheme: 'light' })

  test('console, card and palette', async ({ page }) => {
    await signInBy(page, freshLink('dispatcher'))
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
    await page.getByRole('button', { name: 'Switch to English' }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    expect(await violations(page)).toEqual([])
    await pressCell(page)
    await page.keyboard.press('h')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog').getByRole('option').nth(3)).toBeVisible()
    expect(await violations(page)).toEqual([])
  })
})

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`people and sign-in, ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('the list, a form, and the page for those nobody knows yet', async ({ page }) => {
      await page.goto('/dispatch/')
      await expect(page.getByRole('textbox').first()).toBeVisible()
      expect(await violations(page)).toEqual([])

      const link = freshLink('streetAdmin')
      await page.goto(link)
      expect(await violations(page)).toEqual([])
      await signInBy(page, link)
      await page.goto('/dispatch/admin/people')
      await expect(page.getByRole('grid').getByRole('row').nth(5)).toBeVisible()
      expect(await violations(page)).toEqual([])
      await page.getByRole('grid').getByRole('row').nth(1).click()
      await expect(page.getByRole('complementary').getByRole('textbox').first()).toBeVisible()
      expect(await violations(page)).toEqual([])
    })
  })
}
