/** When a screen loses somebody, by the page's own look at itself: the way to the test takes no part in it. */
import type { Page } from '@playwright/test'

interface Loss {
  /** Milliseconds since the epoch, by the clock that the test has too. */
  mark: number | null
  line: number | null
}

declare global {
  interface Window {
    loss?: Loss
  }
}

/** Looks from now on, with every picture the page draws. Needs a tapped map (drawn-people.ts), and the card with a list under this heading. */
export async function watchForLoss(
  page: Page,
  who: { memberId: string; name: string; heading: string },
): Promise<void> {
  await page.evaluate(({ memberId, name, heading }) => {
    const map = window.tappedMap
    if (!map) throw new Error('There is no map to look at.')
    const loss: Loss = { mark: null, line: null }
    window.loss = loss
    const isDrawn = () =>
      map
        .queryRenderedFeatures({ layers: ['person'] })
        .some(({ properties }) => String(properties.ids).includes(memberId))
    const isListed = () =>
      [...document.querySelectorAll('[data-pane="card"] section')]
        .filter((section) => section.querySelector('h3')?.textContent?.trim().startsWith(heading))
        .some((section) => [...section.querySelectorAll('li')].some((line) => line.textContent?.includes(name)))
    if (!isDrawn() || !isListed()) throw new Error('Nobody is there to be lost.')
    const look = () => {
      if (loss.mark === null && !isDrawn()) loss.mark = Date.now()
      if (loss.line === null && !isListed()) loss.line = Date.now()
    }
    map.on('render', look)
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })
    const again = () => {
      look()
      if (loss.mark === null || loss.line === null) requestAnimationFrame(again)
    }
    again()
  }, who)
}

/** When mark and line went; waits for both. */
export async function lossOf(page: Page): Promise<{ mark: number; line: number }> {
  const both = await page.waitForFunction(() => {
    const { mark, line } = window.loss ?? { mark: null, line: null }
    return mark !== null && line !== null && { mark, line }
  })
  return (await both.jsonValue()) as { mark: number; line: number }
}
