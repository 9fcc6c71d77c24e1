/** Writes down whatever a page should never do while somebody works on it. */
import type { Page } from '@playwright/test'

/**
 * Faults of a page from now on, in words: errors in the console, uncaught ones, refused content (CSP), requests that
 * fail or leave the installation, and dialogs. Call before the first page is opened; the list fills by itself.
 */
export async function watchPage(page: Page, origin: string): Promise<readonly string[]> {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.exposeBinding('tellRefusedContent', (_source, text: string) => faults.push(`content policy: ${text}`))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      const tell: unknown = Reflect.get(window, 'tellRefusedContent')
      if (typeof tell === 'function') tell(`${violatedDirective} ${blockedURI} ${sourceFile}`)
    })
  })

  const isOwn = (address: string) => {
    const { protocol, host } = new URL(address)
    return host === new URL(origin).host || protocol === 'data:' || protocol === 'blob:'
  }
  // The context also knows the requests of workers, which draw the map.
  page.context().on('request', (request) => {
    if (!isOwn(request.url())) faults.push(`left the installation: ${request.url()}`)
  })
  page.on('websocket', (socket) => {
    if (!isOwn(socket.url())) faults.push(`left the installation: ${socket.url()}`)
  })
  page.context().on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`)
  })
  page.context().on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'failed'
    // A map that moves on, or a page that is left, lets go of what it no longer needs.
    if (reason !== 'net::ERR_ABORTED') faults.push(`${reason}: ${request.url()}`)
  })
  return faults
}
