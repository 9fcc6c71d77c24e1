/** A token bucket: `perSecond` on average, `burst` at once. Time is an argument, in milliseconds. */
export interface TokenBucket {
  /** Takes one token; false when there is none. */
  take(now: number): boolean
}

export function createTokenBucket({ perSecond, burst }: { perSecond: number; burst: number }): TokenBucket {
  let tokens = burst
  let filledAt: number | null = null
  return {
    take(now) {
      // A clock set back gives nothing and takes nothing.
      const elapsedMs = Math.max(0, now - (filledAt ?? now))
      tokens = Math.min(burst, tokens + (elapsedMs * perSecond) / 1000)
      filledAt = now
      if (tokens < 1) return false
      tokens--
      return true
    },
  }
}
