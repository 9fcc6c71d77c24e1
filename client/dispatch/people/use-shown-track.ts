/** The track as the map draws it, brought into view when it is opened. */
import { computed, onScopeDispose, type Ref, watch } from 'vue'
import type { MapCamera, MapTrack } from '../../map/map-model.ts'
import { useTrack } from '../../stores/track.ts'
import { useFormats } from '../../use/use-formats.ts'
import { placeAt, placeOf, trackBounds, trackPieces, trackStamps } from './track-path.ts'

const DAY_MS = 86_400_000

/** What of a track goes into the map's model. */
export function useTrackOnMap() {
  const store = useTrack()
  const { time, dateTime } = useFormats()
  const pieces = computed(() => trackPieces(store.shown?.fixes ?? []))
  const track = computed<MapTrack | null>(() => {
    const fixes = store.shown?.fixes ?? []
    const [first, last] = [fixes[0], fixes.at(-1)]
    if (!first || !last) return null
    const write = last[0] - first[0] > DAY_MS ? dateTime : time
    return {
      lines: pieces.value.map((piece) => piece.map(placeOf)),
      stamps: trackStamps(pieces.value).map((fix) => ({ position: placeOf(fix), text: write(fix[0]) })),
      start: placeOf(first),
      end: placeOf(last),
    }
  })
  const trackPlace = computed(() => (store.shown ? placeAt(pieces.value, store.at) : null))
  return { track, trackPlace }
}

/** Shows a newly read track whole; closes it with the page. */
export function useShownTrack(camera: Readonly<Ref<MapCamera | null>>): void {
  const store = useTrack()
  watch(
    () => store.shown,
    (shown) => {
      const bounds = shown && trackBounds(shown.fixes)
      if (bounds) camera.value?.fit(bounds)
    },
  )
  onScopeDispose(store.close)
}
