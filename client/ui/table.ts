/** What a table shows and in which order; the drawing is DataTable.vue. */

export interface TableColumn<Row> {
  key: string
  label: string
  /** What the column sorts by and, without `text`, shows. null sorts last and shows as a dash. */
  value: (row: Row) => string | number | null
  text?: (row: Row) => string
  /** Width in CSS pixels, "120px"; the columns without one share the rest. */
  width?: string
  /** Numbers are right-aligned. */
  isNumber?: boolean
  /** Left out while the table is too narrow for all. */
  isSecondary?: boolean
}

/** What a column without a width needs to be read, in CSS pixels. */
const FLEXIBLE_WIDTH = 160

/** The width below which columns would be squeezed. */
export const widthOf = <Row>(columns: readonly TableColumn<Row>[]): number =>
  columns.reduce((sum, { width }) => sum + (width ? Number.parseInt(width, 10) : FLEXIBLE_WIDTH), 0)

/** The columns that fit: secondary ones go, the last first, until the rest does. */
export function fittingColumns<Row>(columns: readonly TableColumn<Row>[], width: number): readonly TableColumn<Row>[] {
  let fitting = columns
  while (widthOf(fitting) > width) {
    const at = fitting.findLastIndex(({ isSecondary }) => isSecondary)
    if (at < 0) break
    fitting = fitting.toSpliced(at, 1)
  }
  return fitting
}

export interface TableOrder {
  key: string
  isDescending: boolean
}

const collator = new Intl.Collator('zh-CN', { numeric: true })

/** The rows in order; equal ones keep theirs, rows without a value are last in both directions. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  order: TableOrder | null,
): readonly Row[] {
  const column = order && columns.find(({ key }) => key === order.key)
  if (!column) return rows
  const sign = order.isDescending ? -1 : 1
  return rows.toSorted((a, b) => compare(column.value(a), column.value(b), sign))
}

function compare(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
  return sign * collator.compare(String(a), String(b))
}

/** Ascending, then descending, then as given. */
export function nextOrder(order: TableOrder | null, key: string): TableOrder | null {
  if (order?.key !== key) return { key, isDescending: false }
  return order.isDescending ? null : { key, isDescending: true }
}

/** Which rows to draw for a scroll position: [first, last) with some to spare. Lengths in CSS pixels. */
export function visibleRows(view: {
  scrollTop: number
  height: number
  rowHeight: number
  count: number
}): [first: number, last: number] {
  const SPARE_ROWS = 8
  const { scrollTop, height, rowHeight, count } = view
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / rowHeight)) - SPARE_ROWS)
  const last = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + SPARE_ROWS)
  return [first, last]
}

/** The row a key moves to from `active` (null = none yet), or null when the key does not move. */
export function rowAfterKey(key: string, active: number | null, count: number, page: number): number | null {
  if (count === 0) return null
  const from = active ?? -1
  const moves: Record<string, number> = {
    ArrowDown: from + 1,
    ArrowUp: active === null ? 0 : from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  }
  const to = moves[key]
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to))
}
