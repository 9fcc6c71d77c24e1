/** Rings at members through the pages they have open. */
import { grantFor } from '#contract/roles'
import type { LiveClient } from '../live.ts'
import type { RingChannel } from './ring-channel.ts'

function memberOf(client: LiveClient): string | null {
  const { viewer } = client.session()
  return grantFor(viewer.role, 'call.answer') ? viewer.memberId : null
}

/** Tells every open page of a member. */
export const memberTeller =
  (clients: () => Iterable<LiveClient>) => (memberId: string, tell: (client: LiveClient) => void) => {
    for (const client of clients()) if (memberOf(client) === memberId) tell(client)
  }

/** A locked page still rings: that is what it is for. */
export function createSocketChannel(clients: () => Iterable<LiveClient>): RingChannel {
  const tellMember = memberTeller(clients)
  return {
    async reach() {
      const members = new Set<string>()
      for (const client of clients()) {
        const memberId = memberOf(client)
        if (memberId !== null) members.add(memberId)
      }
      return (memberId) => (members.has(memberId) ? 'page' : null)
    },
    ring: (memberId, call) => tellMember(memberId, (client) => client.tell('offer:ring', call)),
    hush: (memberId, offerId) => tellMember(memberId, (client) => client.tell('offer:over', { offerId })),
  }
}
