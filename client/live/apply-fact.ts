/** What each kind of fact does to the stores; a missing kind is a type error. */
import type { Fact, FactKind } from '#contract/facts'
import { useOnDuty } from '../stores/on-duty.ts'
import { useOpenCases } from '../stores/open-cases.ts'
import { useServicePoints } from '../stores/service-points.ts'

/** Returns what applies one fact: the same actions that a list read anew ends in. */
export function useApplyFact(): (fact: Fact) => void {
  const openCases = useOpenCases()
  const servicePoints = useServicePoints()
  const onDuty = useOnDuty()
  const appliers: { [Kind in FactKind]: (fact: Extract<Fact, { kind: Kind }>) => void } = {
    case: ({ id, record }) => (record ? openCases.put(record) : openCases.remove(id)),
    servicePoint: ({ id, record }) => (record ? servicePoints.put(record) : servicePoints.remove(id)),
    duty: ({ id, record }) => (record ? onDuty.put(record) : onDuty.remove(id)),
  }
  return (fact) => {
    if (fact.kind === 'case') appliers.case(fact)
    else if (fact.kind === 'servicePoint') appliers.servicePoint(fact)
    else appliers.duty(fact)
  }
}
