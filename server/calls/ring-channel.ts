/** What rings at members, each way behind the same few words. */
import type { MemberCall } from '#contract/calls'

/**
 * page: a page of his is open and says within seconds that it rings · other: something rings somewhere else, and whoever
 * hears it has to come first · null: nothing would ring.
 */
export type RingReach = 'page' | 'other' | null

export interface RingChannel {
  /** By member, as things stand now. */
  reach(): Promise<(memberId: string) => RingReach>
  ring(memberId: string, call: MemberCall): void
  /** The offer is no longer his to answer. */
  hush(memberId: string, offerId: string): void
}

/** All of them at once. One that fails is left out: the others still ring. */
export function ringTogether(channels: readonly RingChannel[], onFault: (error: unknown) => void): RingChannel {
  const nobody = () => null
  const each = (work: (channel: RingChannel) => void) => {
    for (const channel of channels) {
      try {
        work(channel)
      } catch (error) {
        onFault(error)
      }
    }
  }
  return {
    async reach() {
      const reaches = await Promise.all(
        channels.map((channel) =>
          channel.reach().catch((error: unknown) => {
            onFault(error)
            return nobody
          }),
        ),
      )
      return (memberId) => {
        const found = reaches.map((reach) => reach(memberId))
        return found.includes('page') ? 'page' : found.includes('other') ? 'other' : null
      }
    },
    ring: (memberId, call) => each((channel) => channel.ring(memberId, call)),
    hush: (memberId, offerId) => each((channel) => channel.hush(memberId, offerId)),
  }
}
