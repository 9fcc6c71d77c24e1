/** What a console's map has drawn, asked of the map itself. The product keeps its map to itself, so a test taps it. */
import type { Page } from '@playwright/test'
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { LonLat } from '../../contract/geo.ts'

declare global {
  interface Window {
    tappedMap?: MapLibreMap
  }
}

/** Call before the page is opened: remembers the map that MapLibre makes in it. */
export async function tapMap(page: Page): Promise<void> {
  await page.addInitScript(() => {
    // The first thing a map does is to keep the element around its canvas under this name.
    const name = '_canvasContainer'
    Object.defineProperty(Object.prototype, name, {
      configurable: true,
      set(value: unknown) {
        Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true })
        if ('queryRenderedFeatures' in this) window.tappedMap = this as MapLibreMap
      },
    })
  })
}

export interface DrawnPerson {
  position: LonLat
  /** Pixels from the canvas's upper left corner. */
  pixel: readonly [x: number, y: number]
}

/** Everybody with a mark on the map, by member. Empty before the map is there. */
export async function drawnPeople(page: Page): Promise<ReadonlyMap<string, DrawnPerson>> {
  const drawn = await page.evaluate(() => {
    const map = window.tappedMap
    if (!map?.getLayer('person')) return []
    return map.queryRenderedFeatures({ layers: ['person', 'person-dot'] }).flatMap(({ properties, geometry }) => {
      if (geometry.type !== 'Point') return []
      const position = geometry.coordinates as [number, number]
      const { x, y } = map.project(position)
      const ids = String(properties.ids ?? '').split(',')
      return ids.map((id) => [id, { position, pixel: [x, y] as const }] as const)
    })
  })
  return new Map(drawn.filter(([id]) => id !== ''))
}

/** Places around which two pictures of the same canvas differ. Needs a page of its own, which may show them. */
export function changedSpots(
  blank: Page,
  before: Buffer,
  after: Buffer,
  spots: readonly (readonly [x: number, y: number])[],
): Promise<number> {
  return blank.evaluate(
    async ({ pictures, places }) => {
      const REACH = 8
      // The sum over red, green and blue: more than the eye overlooks.
      const STEP = 30
      const read = async (base64: string) => {
        const image = new Image()
        image.src = `data:image/png;base64,${base64}`
        await image.decode()
        const canvas = new OffscreenCanvas(image.width, image.height)
        const context = canvas.getContext('2d')
        context?.drawImage(image, 0, 0)
        return context?.getImageData(0, 0, image.width, image.height)
      }
      const [first, second] = await Promise.all(pictures.map(read))
      if (!first || !second) throw new Error('The pictures cannot be read.')
      const differ = (x: number, y: number) => {
        const at = 4 * (y * first.width + x)
        const step = (channel: number) => Math.abs((first.data[at + channel] ?? 0) - (second.data[at + channel] ?? 0))
        return step(0) + step(1) + step(2) >= STEP
      }
      const isChanged = ([left, top]: readonly [number, number]) => {
        for (let x = Math.round(left) - REACH; x <= left + REACH; x++)
          for (let y = Math.round(top) - REACH; y <= top + REACH; y++)
            if (x >= 0 && y >= 0 && x < first.width && y < first.height && differ(x, y)) return true
        return false
      }
      return places.filter(isChanged).length
    },
    { pictures: [before, after].map((picture) => picture.toString('base64')), places: spots },
  )
}
