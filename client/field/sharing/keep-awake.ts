/** Keeps the screen on while somebody wants it and the page is looked at; browsers let go of the lock by themselves. */

export interface AwakeKeeper {
  want(isWanted: boolean): void
  stop(): void
}

/** `onHeld` says whether the screen is being kept on now. */
export function keepAwake(onHeld: (isHeld: boolean) => void): AwakeKeeper {
  let isWanted = false
  let lock: WakeLockSentinel | null = null

  async function hold(): Promise<void> {
    if (!isWanted || lock || document.visibilityState !== 'visible' || !isAwakeSupported()) return
    try {
      const taken = await navigator.wakeLock.request('screen')
      if (!isWanted) return void taken.release()
      lock = taken
      taken.addEventListener('release', () => {
        lock = null
        onHeld(false)
      })
      onHeld(true)
    } catch {
      // An empty battery, or a browser that wants a touch first: the switch then shows that it is off.
      onHeld(false)
    }
  }
  const onVisible = () => void hold()
  document.addEventListener('visibilitychange', onVisible)

  return {
    want(wanted) {
      isWanted = wanted
      if (wanted) void hold()
      else void lock?.release()
    },
    stop() {
      isWanted = false
      void lock?.release()
      document.removeEventListener('visibilitychange', onVisible)
    },
  }
}

export const isAwakeSupported = () => 'wakeLock' in navigator
