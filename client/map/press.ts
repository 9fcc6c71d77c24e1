/** A long press of one finger, where the browser itself makes no `contextmenu` of it (Safari on tablets). */
import type { Map as MapLibreMap, MapTouchEvent } from 'maplibre-gl'
import type { LonLat } from '#contract/geo'
import { fromMapLngLat } from './toMapLngLat.ts'

const HELD_MS = 600

export function onLongPress(map: MapLibreMap, told: (place: LonLat) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const letGo = () => clearTimeout(timer)
  map.on('touchstart', ({ points, lngLat }: MapTouchEvent) => {
    letGo()
    if (points.length === 1) timer = setTimeout(() => told(fromMapLngLat(lngLat)), HELD_MS)
  })
  for (const end of ['touchend', 'touchcancel', 'touchmove', 'contextmenu', 'remove'] as const) map.on(end, letGo)
}
