/** A phone that is carried about: browsers tell a page of a position only when it has changed. */
import type { BrowserContext } from '@playwright/test'

/** New fixes all the time, each a little aside, as of a person who walks; returns what stops him. */
export function walk(
  context: BrowserContext,
  { longitude, latitude }: { longitude: number; latitude: number },
): () => void {
  let isWalking = true
  let failures = 0
  const stepOn = async () => {
    for (let step = 0; isWalking; step++) {
      // One step that a busy browser does not take must not end the walk; a context that is closed does.
      await context.setGeolocation({ longitude: longitude + (step % 7) * 1e-5, latitude, accuracy: 9 }).then(
        () => {
          failures = 0
        },
        (error: unknown) => {
          if (++failures > 5) throw error
        },
      )
      await new Promise((resolve) => setTimeout(resolve, 2_000))
    }
  }
  stepOn().catch(() => {})
  return () => {
    isWalking = false
  }
}
