/** The next person at this screen finds nothing of the one before: no draft, no filter, nothing chosen. */
import { watch } from 'vue'
import { useFilter } from '../stores/filter.ts'
import { useFollow } from '../stores/follow.ts'
import { useNearest } from '../stores/nearest.ts'
import { usePlacePick } from '../stores/place-pick.ts'
import { useSelection } from '../stores/selection.ts'
import { useSession } from '../stores/session.ts'
import { useTrack } from '../stores/track.ts'
import { useCallDesk } from './calls/use-call-desk.ts'
import { useReportDraft } from './report/report-draft.ts'
import { useDesk } from './use-desk.ts'

export function useCleanDesk(): void {
  const session = useSession()
  const filter = useFilter()
  const picking = usePlacePick()
  const nearest = useNearest()
  const follow = useFollow()
  const track = useTrack()
  const selection = useSelection()
  const draft = useReportDraft()
  const desk = useDesk()
  const callDesk = useCallDesk()
  let last: string | null = null

  watch(
    () => session.session?.accountId ?? null,
    (accountId) => {
      if (accountId === null) return
      // The same person signing in again after a session ran out goes on where they were.
      if (last !== null && last !== accountId) {
        filter.clear()
        picking.clear()
        nearest.close()
        follow.stop()
        track.close()
        selection.select(null)
        draft.clear()
        desk.clear()
        callDesk.clear()
      }
      last = accountId
    },
    { immediate: true, flush: 'sync' },
  )
}
