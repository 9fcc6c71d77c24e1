/** What each action does on this console. */
import { useRouter } from 'vue-router'
import { useCalls } from '../../stores/calls.ts'
import { useCaseView } from '../../stores/case-view.ts'
import { useDistrict } from '../../stores/district.ts'
import { useFilter } from '../../stores/filter.ts'
import { useFollow } from '../../stores/follow.ts'
import { useNearest } from '../../stores/nearest.ts'
import { usePlacePick } from '../../stores/place-pick.ts'
import { usePreferences } from '../../stores/preferences.ts'
import { useSelection } from '../../stores/selection.ts'
import { useSession } from '../../stores/session.ts'
import { useTrack } from '../../stores/track.ts'
import { useFailure } from '../../use/use-failure.ts'
import { sectionsFor } from '../admin/sections.ts'
import { useCallDesk } from '../calls/use-call-desk.ts'
import { useCallKeys } from '../calls/use-call-keys.ts'
import { useChosenMember } from '../people/use-chosen-member.ts'
import { useCamera } from '../use-camera.ts'
import { useChoose } from '../use-choose.ts'
import { useDesk } from '../use-desk.ts'
import type { ActionId } from './actions.ts'
import { focusNextPane, focusPane } from './panes.ts'

export interface Actions {
  run(action: ActionId): void
  /** Whether this person, now, can do it at all; the palette leaves the others out. */
  isAvailable(action: ActionId): boolean
}

/** Call in the console's page. */
export function useActions(): Actions {
  const router = useRouter()
  const session = useSession()
  const district = useDistrict()
  const filter = useFilter()
  const preferences = usePreferences()
  const selection = useSelection()
  const desk = useDesk()
  const picking = usePlacePick()
  const nearest = useNearest()
  const follow = useFollow()
  const track = useTrack()
  const member = useChosenMember()
  const camera = useCamera()
  const fail = useFailure()
  const stepCase = useCaseSteps()
  const calls = useCalls()
  const calling = useCallDesk()
  const callKeys = useCallKeys()

  function closeCard(): void {
    if (picking.isPicking) picking.stop()
    else if (nearest.isPicking) nearest.stopPicking()
    else if (follow.isFollowing) follow.stop()
    else if (track.shown) track.close()
    else if (nearest.isOpen) nearest.close()
    else if (desk.isReporting) desk.isReporting = false
    else if (calling.isCalling) calling.isCalling = false
    else {
      selection.select(null)
      desk.isCardOpen = false
    }
  }

  const handlers: Record<ActionId, () => void> = {
    openPalette: () => (desk.dialog = 'palette'),
    showHelp: () => (desk.dialog = 'help'),
    setPassword: () => (desk.dialog = 'password'),
    nextCall: callKeys.next,
    takeCall: callKeys.take,
    assignBest: callKeys.assignBest,
    finishCall: () => callKeys.open('finish'),
    cancelCall: () => callKeys.open('cancel'),
    silenceCalls: () => calls.acknowledge(),
    callFor() {
      if (!session.may('call.onBehalf')) return
      desk.isReporting = false
      calling.isCalling = true
      desk.isCardOpen = true
    },
    reportCase() {
      if (!session.may('case.report')) return
      desk.isReporting = true
      desk.isCardOpen = true
    },
    nearestPeople() {
      if (!session.may('nearest.ask')) return
      desk.narrowTab = 'map'
      picking.stop()
      if (nearest.isPicking) nearest.stopPicking()
      else nearest.startPicking()
      focusPane('map')
    },
    followMember: member.toggleFollowing,
    seeTrack: () => void member.askForTrack(),
    toggleHeat: () => preferences.toggleLayer('heat'),
    toggleLayers: () => (desk.isLegendOpen = !desk.isLegendOpen),
    fitDistrict() {
      const bounds = district.district?.bounds
      if (bounds) camera.value?.fit(bounds)
    },
    zoomIn: () => camera.value?.zoomBy(1),
    zoomOut: () => camera.value?.zoomBy(-1),
    showAll: () => (filter.tab = 'all'),
    showOverdue: () => (filter.tab = 'overdue'),
    showNearLimit: () => (filter.tab = 'nearLimit'),
    showAwaitingDispatch: () => (filter.tab = 'awaitingDispatch'),
    clearFilter: filter.clear,
    nextCase: () => stepCase(1),
    previousCase: () => stepCase(-1),
    closeCard,
    focusQueue: () => focusPane('queue'),
    focusMap: () => focusPane('map'),
    nextPane: focusNextPane,
    toggleTheme: preferences.toggleTheme,
    toggleLanguage: preferences.toggleLanguage,
    toggleShortcuts: () => (preferences.areShortcutsOn = !preferences.areShortcutsOn),
    openAdministration: () => void router.push('/admin'),
    signOut: () => void session.signOut().catch(fail),
  }

  const conditions: Partial<Record<ActionId, () => boolean>> = {
    nextCall: () => calls.ordered.length > 0,
    takeCall: () => callKeys.canTake.value,
    assignBest: () => callKeys.canAssign.value,
    finishCall: () => callKeys.canFinish.value,
    cancelCall: () => callKeys.canCancel.value,
    silenceCalls: () => calls.unheard.length > 0,
    callFor: () => session.may('call.onBehalf'),
    reportCase: () => session.may('case.report'),
    nearestPeople: () => session.may('nearest.ask'),
    followMember: () => follow.isFollowing || member.canFollow.value,
    seeTrack: () => member.canSeeTrack.value,
    openAdministration: () => session.session !== null && sectionsFor(session.session.role).length > 0,
    clearFilter: () => filter.isActive,
    closeCard: () => selection.selected !== null,
    fitDistrict: () => district.district?.bounds != null,
  }

  return {
    run: (action) => handlers[action](),
    isAvailable: (action) => conditions[action]?.() ?? true,
  }
}

/** Opens the case after (or before) the open one in the queue, or its first. */
function useCaseSteps(): (step: 1 | -1) => void {
  const selection = useSelection()
  const view = useCaseView()
  const choose = useChoose()
  return (step) => {
    const at = view.matching.findIndex(({ id }) => selection.selected?.kind === 'case' && id === selection.selected.id)
    const next = view.matching[at === -1 ? 0 : at + step]
    if (next) choose({ kind: 'case', id: next.id }, next.position)
  }
}
