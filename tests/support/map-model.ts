/** A map model for tests of layers, what a style expression comes to, and the contrast of colours. */
import { createExpression } from '@maplibre/maplibre-gl-style-spec'

import { type MapModel, type MapVisibility, mapLayerKeys, noPeople } from '../../client/map/map-model.ts'
import type { OpenCase } from '../../contract/cases.ts'

export const NOW = Date.UTC(2026, 10, 20, 2, 42, 37)
export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

export const openCase = (id: string, more: Partial<OpenCase> = {}): OpenCase => ({
  id,
  code: `2026112000${id}`,
  title: '楼道堆物堵塞消防通道',
  categoryKey: null,
  categoryName: '消防安全',
  stage: 'handle',
  priority: 'normal',
  areaId: 'g1',
  position: [113.93, 22.75],
  holder: null,
  isSupervised: false,
  reportedAt: NOW - DAY_MS,
  warnAt: NOW + DAY_MS,
  dueAt: NOW + 2 * DAY_MS,
  ...more,
})
export const nearLimit = (id: string, more: Partial<OpenCase> = {}) =>
  openCase(id, { warnAt: NOW - 1, dueAt: NOW + HOUR_MS, ...more })
export const overdue = (id: string, more: Partial<OpenCase> = {}) =>
  openCase(id, { warnAt: NOW - HOUR_MS, dueAt: NOW - 1, ...more })

export const everything = (isVisible: boolean) =>
  Object.fromEntries(mapLayerKeys.map((key) => [key, isVisible])) as MapVisibility

export const mapModel = (more: Partial<MapModel> = {}): MapModel => ({
  theme: 'dark',
  district: {
    name: '光明街道',
    bounds: [113.89, 22.72, 113.97, 22.78],
    isDemo: true,
    timeZone: 'Asia/Shanghai',
    versions: { base: 3, areas: 4, buildings: 5, members: 1, servicePoints: 1, cases: 1 },
    counts: { areas: 157, grids: 150, buildings: 2252, members: 1485, teams: 270, servicePoints: 40, openCases: 2 },
    serverTime: NOW,
    attribution: null,
  },
  areaList: [
    { id: 's1', level: 'street', name: '光明街道', centre: [113.93, 22.75], squareMetres: 30_000_000 },
    { id: 'g1', level: 'grid', name: '望山02', centre: [113.92, 22.74], squareMetres: 200_000 },
    { id: 'g2', level: 'grid', name: '望山03', centre: [113.94, 22.76], squareMetres: 200_000 },
  ],
  areas: new Map([['g1', { openCases: 2, worst: 'overdue' }]]),
  cases: [openCase('1'), overdue('2', { position: [113.95, 22.76] })],
  servicePoints: [],
  people: noPeople,
  nearest: null,
  track: null,
  trackPlace: null,
  calls: [{ id: 'call1', position: [113.93, 22.75], look: 'urgent', helper: null }],
  visible: everything(true),
  selected: null,
  now: NOW,
  ...more,
})

/** WCAG contrast of two colours written #rrggbb. */
export function contrast(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (lighter + 0.05) / (darker + 0.05)
}

export function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

export const channels = (colour: string): number[] =>
  [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16))

/** A colour laid over another with so much alpha. */
export function over(top: string, alpha: number, below: string): string {
  const [under, upper] = [channels(below), channels(top)]
  const mixed = upper.map((value, index) => Math.round(value * alpha + (under[index] ?? 0) * (1 - alpha)))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** What a style expression comes to at a zoom, for a feature with a state. */
export function evaluate(expression: unknown, zoom: number, featureState: Record<string, unknown> = {}): unknown {
  const compiled = createExpression(expression, 'layers[0].paint.tested')
  if (compiled.result === 'error') throw new Error(compiled.value.map(({ message }) => message).join('; '))
  return compiled.value.evaluate({ zoom }, { type: 'Polygon', properties: {} }, featureState)
}
