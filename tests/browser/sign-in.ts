/** Signing in as a person does: open a one-time link, press its button. */
import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import type { AccountRole } from '../../contract/roles.ts'
import type { Product } from '../support/product.ts'

/** The link that the first start printed for a role. Each works once, so one spec alone may use it. */
export function printedLink(role: AccountRole): string {
  const links = JSON.parse(process.env.GELIN_TEST_LINKS ?? '[]') as Product['links']
  const link = links.find((candidate) => candidate.role === role)
  if (!link) throw new Error(`The start printed no link for ${role}.`)
  return link.url
}

/** The product that all specs share. */
const shared = () => ({
  origin: process.env.GELIN_TEST_ORIGIN ?? '',
  dataDir: process.env.GELIN_TEST_DATA_DIR ?? '',
})

/** A fresh link, by `npm run signin`; takes a sign-in name or a role. */
export function freshLink(nameOrRole: string, product: Pick<Product, 'origin' | 'dataDir'> = shared()): string {
  const env = { ...process.env, DATA_DIR: product.dataDir, DATABASE_URL: '' }
  const output = execFileSync('npm', ['run', '--silent', 'signin', '--', nameOrRole], { env, encoding: 'utf8' })
  const path = /\/sign-in\/\S+/.exec(output)?.[0]
  if (!path) throw new Error(`No link in: ${output}`)
  return `${product.origin}${path}`
}

/** Opens a link, presses the button and waits for the console. */
export async function signInBy(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button').click()
  await page.waitForURL('**/dispatch/**')
}
