/** Reads a list at once, and again whenever the data of its layer has changed. */
import { watch } from 'vue'
import type { DataLayer } from '#contract/district'
import { useDistrict } from '../../stores/district.ts'
import { useFailure } from '../../use/use-failure.ts'

export function useLayerRefresh(layer: DataLayer | null, refresh: () => Promise<void>): void {
  const district = useDistrict()
  const fail = useFailure()
  watch(
    () => (layer === null ? null : district.district?.versions[layer]),
    () => refresh().catch(fail),
    { immediate: true },
  )
}
