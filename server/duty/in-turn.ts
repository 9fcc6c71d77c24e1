/** Work on one member at a time: two requests that cross must not leave memory and database of two minds. */
export function createTurns() {
  const last = new Map<string, Promise<void>>()

  /** Does the work after what was asked for this key before; at once when there is nothing. */
  return function inTurn(key: string, work: () => Promise<void>): Promise<void> {
    const before = last.get(key)
    const mine = before ? before.then(work, work) : work()
    last.set(key, mine)
    const leave = () => {
      if (last.get(key) === mine) last.delete(key)
    }
    mine.then(leave, leave)
    return mine
  }
}
