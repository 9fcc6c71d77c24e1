/** A call in words: what is asked for and where, how it stands. */
import { useI18n } from 'vue-i18n'
import type { LiveCall } from '#contract/calls'
import { useAreas } from '../../stores/areas.ts'
import { useCalls } from '../../stores/calls.ts'

type Wanted = Pick<LiveCall, 'areaId' | 'wish' | 'skill'>

export function useCallWords() {
  const { t } = useI18n()
  const areas = useAreas()
  const calls = useCalls()
  const placeOf = ({ areaId }: Wanted) => (areaId && areas.byId.get(areaId)?.name) || t('calls.noArea')
  const wishOf = ({ wish, skill }: Wanted) =>
    [t(`calls.wish.${wish ?? 'any'}`), skill && t(`words.skill.${skill}`)].filter(Boolean).join(' · ')
  return {
    titleOf: (item: Wanted) => `${placeOf(item)} · ${wishOf(item)}`,
    placeOf,
    wishOf,
    /** "振铃 2/3". */
    stateOf({ state, hop }: Pick<LiveCall, 'state' | 'hop'>) {
      const word = t(`calls.state.${state}`)
      return state === 'ringing' && hop > 0 ? `${word} ${hop}/${Math.max(hop, calls.pace?.hops ?? hop)}` : word
    },
  }
}
