/** Builds what one screen sees of the people on duty: its box, its rights, one frame. */
import type { Bounds } from '#contract/geo'
import { snapTo } from '#contract/geo'
import { FrameWriter } from '#contract/position-frame'
import type { Detail } from '#contract/roles'
import { isInRanges, type OrderRange } from './area-order.ts'
import type { LiveStore } from './live-store.ts'
import { cellSize, isInBox, wholeCells, widened } from './viewed-box.ts'

/** What a screen shows. */
export interface ScreenView {
  bounds: Bounds
  zoom: number
}

/** What its viewer may see of positions. */
export interface PositionRights {
  detail: Detail
  ranges: readonly OrderRange[]
  /** Set for a viewer who may see himself only. */
  onlyMemberId: string | null
}

/** Below this zoom people are counted by cell and not drawn one by one. */
export const PEOPLE_FROM_ZOOM = 11
/** At most so many cells across a screen that only counts. */
const CELLS_ACROSS = 32
/** A viewer who may only count people gets cells of at least this, in degrees (about 500 m); others finer ones. */
const COARSE_CELL_DEGREES = 0.005
const FINEST_CELL_DEGREES = COARSE_CELL_DEGREES / 64
const SNAP_METRES: Partial<Record<Detail, number>> = { snap20: 20, snap50: 50, snap100: 100 }
const DRAWN_EXACTLY = new Set<Detail>(['full', 'snap20', 'snap50', 'snap100'])

export function createFrames({ store, now }: { store: LiveStore; now: () => number }) {
  const writer = new FrameWriter()

  const mayShow = (slot: number, { ranges, onlyMemberId }: PositionRights) =>
    onlyMemberId === null ? isInRanges(store.areaOrderAt(slot), ranges) : store.memberAt(slot) === onlyMemberId

  function people(view: ScreenView, rights: PositionRights, at: number): Uint8Array {
    const snapMetres = SNAP_METRES[rights.detail]
    writer.startPeople(at, view.bounds)
    const slots = store.within(snapMetres === undefined ? view.bounds : widened(view.bounds, snapMetres))
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index] as number
      if (!mayShow(slot, rights)) continue
      let longitude = store.longitudeAt(slot)
      let latitude = store.latitudeAt(slot)
      if (snapMetres !== undefined) {
        ;[longitude, latitude] = snapTo(snapMetres, [longitude, latitude])
        // It is the rounded place that is in the box or not.
        if (!isInBox(longitude, latitude, view.bounds)) continue
      }
      writer.personAs(store.handleAt(slot), longitude, latitude, store.lookAt(slot, at))
    }
    return writer.finish()
  }

  function cells(view: ScreenView, rights: PositionRights, at: number): Uint8Array {
    const [west, south, east, north] = view.bounds
    const finest = rights.detail === 'full' ? FINEST_CELL_DEGREES : COARSE_CELL_DEGREES
    const size = cellSize(east - west, finest, CELLS_ACROSS)
    const counts = new Map<number, { x: number; y: number; people: number; stale: number }>()
    for (const slot of store.within(wholeCells(view.bounds, size))) {
      if (!mayShow(slot, rights)) continue
      // Cells lie on a lattice of the whole earth, so that moving the map does not move who is counted where.
      const x = Math.floor(store.longitudeAt(slot) / size)
      const y = Math.floor(store.latitudeAt(slot) / size)
      const key = x * 4_000_000 + y
      const cell = counts.get(key) ?? { x, y, people: 0, stale: 0 }
      cell.people++
      if (at - store.fixAt(slot) > store.staleAfterAt(slot)) cell.stale++
      counts.set(key, cell)
    }
    writer.startCells(at, [west, south, east, north])
    for (const { x, y, people, stale } of counts.values())
      writer.cell((x + 0.5) * size, (y + 0.5) * size, people, stale)
    return writer.finish()
  }

  return {
    /** The frame of one screen; all screens of a tick are told the same instant. */
    build(view: ScreenView, rights: PositionRights, at = now()): Uint8Array {
      const drawsPeople = DRAWN_EXACTLY.has(rights.detail) && view.zoom >= PEOPLE_FROM_ZOOM
      return drawsPeople ? people(view, rights, at) : cells(view, rights, at)
    },
  }
}
export type Frames = ReturnType<typeof createFrames>
