/** Which rows of a long list are drawn: those in sight and a few beside them. Rows are all of one height. */

const SPARE_ROWS = 6

/** [first, last) for a scroll position; lengths in CSS pixels. */
export function rowsInSight(scrollTop: number, height: number, rowHeight: number, count: number): [number, number] {
  const first = Math.floor(scrollTop / rowHeight) - SPARE_ROWS
  const last = Math.ceil((scrollTop + height) / rowHeight) + SPARE_ROWS
  return [Math.max(0, Math.min(first, count)), Math.max(0, Math.min(last, count))]
}

/** The row a key moves to from `at` (-1 = none yet); null when the key does not move. */
export function rowAfterKey(key: string, at: number, count: number, rowsInPage: number): number | null {
  if (count === 0) return null
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at === -1 ? count - 1 : at - 1,
    PageDown: at + rowsInPage,
    PageUp: at - rowsInPage,
    Home: 0,
    End: count - 1,
  }
  const next = moves[key]
  return next === undefined ? null : Math.max(0, Math.min(count - 1, next))
}
