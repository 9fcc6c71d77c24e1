/** One map on the page, raised again when its drawing context is lost: everything MapCanvas.vue needs, without Vue. */
import type { Bounds, LonLat } from '#contract/geo'
import { asBox, createCamera, FIT_PADDING, viewOf } from './camera.ts'
import type { MapPlace } from './createMap.ts'
import { metresPerPixel } from './ground-scale.ts'
import type { MapCamera, MapModel, MapTarget, MapView } from './map-model.ts'
import { createMotion } from './motion.ts'
import { isTarget, pick } from './pick.ts'
import { onLongPress } from './press.ts'
import { type RaisedMap, raiseMap } from './raiseMap.ts'
import { fromMapLngLat } from './toMapLngLat.ts'

export interface MapEvents {
  select(target: MapTarget | null, place: LonLat): void
  /** The other button, or a long press: something about this place is wanted. */
  ask(place: LonLat): void
  /** The viewer moved the map by hand. */
  take(): void
  move(view: MapView): void
  fault(error: unknown): void
}

export interface OpenMap extends MapCamera {
  update(model: MapModel): void
  /** Says what the keys do in another language. */
  relabel(label: string): void
  /** Selects what lies in the middle, as a click there would. */
  selectMiddle(): void
  close(): void
}

/** A server that is away fails every tile; it is told once in so long. */
const FAULT_PAUSE_MS = 10_000
/** The whole of China, where nothing is loaded yet. */
const NOWHERE: Bounds = [73, 18, 135, 54]

/** `keys` tells screen readers what the map's keys do. */
export function openMap(container: HTMLElement, keys: string, first: MapModel, events: MapEvents): OpenMap {
  let model = first
  let label = keys
  let quietUntil = 0
  let raised = raise({ bounds: asBox(first.district.bounds ?? NOWHERE), fitBoundsOptions: { padding: FIT_PADDING } })
  const camera = createCamera(() => raised.map)
  const lessMotion = window.matchMedia('(prefers-reduced-motion: reduce)')
  const motion = createMotion({
    move: (next) => raised.move(next),
    isStill: () => lessMotion.matches,
    pixelMetres: () => metresPerPixel(raised.map.getZoom(), raised.map.getCenter().lat),
  })

  function raise(place: MapPlace): RaisedMap {
    const next = raiseMap({ container, label, place, modelNow: () => model, onLost: raiseAgain })
    const { map } = next
    map.on('click', ({ point, lngLat }) => {
      if (next.isReady()) events.select(pick(map, point, model.selected), fromMapLngLat(lngLat))
    })
    map.on('contextmenu', ({ lngLat }) => events.ask(fromMapLngLat(lngLat)))
    onLongPress(map, (place) => events.ask(place))
    map.on('dragstart', () => events.take())
    // The map's own keys move it too.
    map.on('movestart', ({ originalEvent }) => {
      if (originalEvent instanceof KeyboardEvent && originalEvent.key.startsWith('Arrow')) events.take()
    })
    map.on('mousemove', ({ point }) => {
      // On the element around the canvas, so that a page may give the canvas itself another cursor.
      map.getCanvasContainer().style.cursor = next.isReady() && isTarget(map, point) ? 'pointer' : ''
    })
    map.on('move', () => events.move(viewOf(map)))
    // Where the map looks is known before its tiles are: whoever watches the view need not wait for them.
    events.move(viewOf(map))
    map.on('error', ({ error }) => tellFault(error))
    return next
  }

  function tellFault(error: unknown): void {
    if (performance.now() < quietUntil) return
    quietUntil = performance.now() + FAULT_PAUSE_MS
    events.fault(error)
  }

  function raiseAgain(): void {
    const place = { center: raised.map.getCenter(), zoom: raised.map.getZoom() }
    raised.map.remove()
    raised = raise(place)
  }

  return {
    ...camera,
    update(next) {
      const hadBounds = model.district.bounds !== null
      model = motion.start(next)
      raised.update(model)
      // The first data of an empty installation: go and see it.
      if (!hadBounds && next.district.bounds) camera.fit(next.district.bounds)
    },
    relabel(next) {
      label = next
      raised.map.getCanvas().setAttribute('aria-label', label)
    },
    selectMiddle() {
      const { map } = raised
      const middle = map.getCenter()
      if (raised.isReady()) events.select(pick(map, map.project(middle), model.selected), fromMapLngLat(middle))
    },
    close() {
      motion.stop()
      raised.map.remove()
    },
  }
}
