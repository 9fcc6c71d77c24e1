/** Open cases and areas for tests of the client, in memory. */
import type { Area } from '#contract/areas'
import type { OpenCase } from '#contract/cases'

export const NOW = Date.UTC(2026, 10, 20, 2, 42)
export const MINUTE_MS = 60_000

/** A case that is on time, on the map, in no grid. */
export function openCase(id: string, change: Partial<OpenCase> = {}): OpenCase {
  return {
    id,
    code: `C-${id}`,
    title: `案件${id}`,
    categoryKey: null,
    categoryName: '暴露垃圾',
    stage: 'handle',
    priority: 'normal',
    areaId: null,
    position: [114, 22.7],
    holder: null,
    isSupervised: false,
    reportedAt: NOW - 60 * MINUTE_MS,
    warnAt: NOW + 30 * MINUTE_MS,
    dueAt: NOW + 60 * MINUTE_MS,
    ...change,
  }
}

export const overdue = { warnAt: NOW - 20 * MINUTE_MS, dueAt: NOW - 10 * MINUTE_MS }
export const nearLimit = { warnAt: NOW - 10 * MINUTE_MS, dueAt: NOW + 10 * MINUTE_MS }

export function area(id: string, parentId: string | null, level: Area['level'] = 'grid'): Area {
  return {
    id,
    parentId,
    level,
    code: id,
    name: id,
    centre: [114, 22.7],
    bounds: [114, 22.7, 114.01, 22.71],
    squareMetres: 1_000_000,
    households: null,
    branchName: null,
  }
}

/** One street of two communities of two grids each. */
export const street: readonly Area[] = [
  area('street', null, 'street'),
  area('west', 'street', 'community'),
  area('east', 'street', 'community'),
  area('w1', 'west'),
  area('w2', 'west'),
  area('e1', 'east'),
  area('e2', 'east'),
]
export const gridIds = ['w1', 'w2', 'e1', 'e2'] as const
