/** What each kind of fact does to the stores; a missing kind is a type error. */
import type { Fact, FactKind } from '#contract/facts'
import { useCalls } from '../stores/calls.ts'
import { useOnDuty } from '../stores/on-duty.ts'
import { useOpenCases } from '../stores/open-cases.ts'
import { usePeopleFrame } from '../stores/people-frame.ts'
import { useServicePoints } from '../stores/service-points.ts'

/** Returns what applies one fact: the same actions that a list read anew ends in. */
export function useApplyFact(): (fact: Fact) => void {
  const calls = useCalls()
  const openCases = useOpenCases()
  const servicePoints = useServicePoints()
  const onDuty = useOnDuty()
  const frames = usePeopleFrame()

  function endDuty(memberId: string): void {
    const handle = onDuty.byMember.get(memberId)?.handle
    onDuty.remove(memberId)
    // His mark goes with the fact; the next frame, up to a second later, has him no more.
    if (handle !== undefined) frames.drop(handle)
  }

  const appliers: { [Kind in FactKind]: (fact: Extract<Fact, { kind: Kind }>) => void } = {
    case: ({ id, record }) => (record ? openCases.put(record) : openCases.remove(id)),
    servicePoint: ({ id, record }) => (record ? servicePoints.put(record) : servicePoints.remove(id)),
    call: ({ id, record }) => (record ? calls.put(record) : calls.remove(id)),
    duty: ({ id, record }) => (record ? onDuty.put(record) : endDuty(id)),
  }
  return (fact) => {
    if (fact.kind === 'case') appliers.case(fact)
    else if (fact.kind === 'servicePoint') appliers.servicePoint(fact)
    else if (fact.kind === 'duty') appliers.duty(fact)
    else appliers.call(fact)
  }
}
