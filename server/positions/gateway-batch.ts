/** A gateway's batch through the funnel. Kept free of the web, and free of waste: batches are how positions come in bulk. */
import type { KnownGateway } from '../devices/devices.service.ts'
import type { PositionsService } from './positions.service.ts'
import { readGatewayBatch } from './sources/gateway.ts'

/** What became of a batch's fixes: how many were live, historyOnly, suspect or refused for which reason. null: no batch. */
export function receiveGatewayBatch(
  positions: Pick<PositionsService, 'receive' | 'refuse'>,
  gateway: Pick<KnownGateway, 'members' | 'reportsEveryMs'>,
  body: unknown,
): Record<string, number> | null {
  const batch = readGatewayBatch(body)
  if (!batch) return null
  const channel = { source: 'gateway', reportsEveryMs: gateway.reportsEveryMs } as const
  const counts: Record<string, number> = {}
  for (const { device, fixes, malformed } of batch) {
    const memberId = device === null ? undefined : gateway.members.get(device)
    const refusal = memberId === undefined ? 'unknownDevice' : malformed > 0 ? 'malformed' : null
    if (refusal !== null) {
      positions.refuse('gateway', refusal)
      counts[refusal] = (counts[refusal] ?? 0) + 1
    }
    if (memberId === undefined) continue
    for (const fix of fixes) {
      const verdict = positions.receive(memberId, fix, channel)
      counts[verdict] = (counts[verdict] ?? 0) + 1
    }
  }
  return counts
}
