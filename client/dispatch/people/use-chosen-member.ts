/** What can be done with the person whose card is open: the same by button, key and command. */
import { computed } from 'vue'
import { call } from '../../api/call.ts'
import { useFollow } from '../../stores/follow.ts'
import { useOnDuty } from '../../stores/on-duty.ts'
import { useSelection } from '../../stores/selection.ts'
import { useSession } from '../../stores/session.ts'
import { useTrack } from '../../stores/track.ts'
import { useFailure } from '../../use/use-failure.ts'
import { useDesk } from '../use-desk.ts'

export function useChosenMember() {
  const selection = useSelection()
  const onDuty = useOnDuty()
  const session = useSession()
  const follow = useFollow()
  const track = useTrack()
  const desk = useDesk()
  const fail = useFailure()

  const memberId = computed(() => (selection.selected?.kind === 'member' ? selection.selected.id : null))
  const person = computed(() => (memberId.value === null ? null : (onDuty.byMember.get(memberId.value) ?? null)))
  const canFollow = computed(() => person.value !== null && session.may('position.see'))
  const isFollowed = computed(() => memberId.value !== null && follow.followed?.memberId === memberId.value)
  const canSeeTrack = computed(() => memberId.value !== null && session.may('track.see'))

  return {
    canFollow,
    isFollowed,
    canSeeTrack,
    /** Follows the chosen one; whoever is followed already is let go. */
    toggleFollowing(): void {
      if (isFollowed.value || !person.value || !canFollow.value) {
        follow.stop()
        return
      }
      desk.narrowTab = 'map'
      follow.start({ memberId: person.value.memberId, name: person.value.name })
    },
    /** Opens the dialog that asks for the reason. Someone off duty has a track too, but is on no list here. */
    async askForTrack(): Promise<void> {
      const id = memberId.value
      if (id === null || !canSeeTrack.value) return
      try {
        const { name } = person.value ?? (await call('members.see', { params: { id } }))
        track.askAbout({ memberId: id, name })
      } catch (error) {
        fail(error)
      }
    },
  }
}
