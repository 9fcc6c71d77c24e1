/** What this phone keeps between visits. A phone that forbids it, or is full, works without. */
const PREFIX = 'gelin.resident.'

export function recall<Value>(key: string): Value | null {
  try {
    const text = localStorage.getItem(PREFIX + key)
    return text === null ? null : (JSON.parse(text) as Value)
  } catch {
    return null
  }
}

export function remember(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key)
    else localStorage.setItem(PREFIX + key, JSON.stringify(value))
  } catch {
    // Private browsing or a full phone: nothing is kept.
  }
}
