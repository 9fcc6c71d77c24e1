/** The example of a delivery to this installation, at a place in the middle of it. */
import { useI18n } from 'vue-i18n'
import { useClock } from '../../../stores/clock.ts'
import { useDistrict } from '../../../stores/district.ts'
import { deliveryExample } from './delivery-example.ts'

const ROUNDED = 4

export function useExample() {
  const { t } = useI18n()
  const clock = useClock()
  const district = useDistrict()

  function middle(): [number, number] {
    const [west, south, east, north] = district.district?.bounds ?? [114, 22.7, 114, 22.7]
    return [Number(((west + east) / 2).toFixed(ROUNDED)), Number(((south + north) / 2).toFixed(ROUNDED))]
  }

  /** null stands for what has to be filled in. */
  return (key: string | null, device: string | null): string =>
    deliveryExample(
      location.origin,
      key ?? t('admin.gateways.keyGap'),
      device ?? t('admin.gateways.deviceGap'),
      middle(),
      clock.now,
    )
}
