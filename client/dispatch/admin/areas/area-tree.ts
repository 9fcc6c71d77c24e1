/** The tree of areas as lists show it: in order, indented, and found by name or code. */
import type { Area } from '#contract/areas'

export interface AreaRow extends Area {
  /** 0 for a root of what this person reaches. */
  depth: number
  /** "Street › Community" above it; empty for a root. */
  above: string
}

/** Parents before children, siblings by code. An area whose parent is out of reach is a root. */
export function areaRows(areas: readonly Area[]): AreaRow[] {
  const known = new Set(areas.map(({ id }) => id))
  const children = new Map<string | null, Area[]>()
  for (const area of areas) {
    const parentId = area.parentId !== null && known.has(area.parentId) ? area.parentId : null
    const siblings = children.get(parentId)
    if (siblings) siblings.push(area)
    else children.set(parentId, [area])
  }
  const rows: AreaRow[] = []
  const visit = (parentId: string | null, depth: number, above: string) => {
    const siblings = (children.get(parentId) ?? []).toSorted((a, b) => (a.code < b.code ? -1 : 1))
    for (const area of siblings) {
      rows.push({ ...area, depth, above })
      visit(area.id, depth + 1, above === '' ? area.name : `${above} › ${area.name}`)
    }
  }
  visit(null, 0, '')
  return rows
}

/** Rows whose name, code or branch holds the text, without case. */
export function findAreas<Row extends Pick<Area, 'name' | 'code' | 'branchName'>>(
  rows: readonly Row[],
  text: string,
): readonly Row[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return rows
  return rows.filter(({ name, code, branchName }) =>
    [name, code, branchName ?? ''].some((each) => each.toLowerCase().includes(wanted)),
  )
}
