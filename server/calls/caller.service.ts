/** A call as its caller makes, follows, cancels and rates it: by the secret of his link alone. */
import type { CallerView, CallPlace, CallRate } from '#contract/calls'
import type { LonLat } from '#contract/geo'
import { callerViewFor, type HelperWhereabouts } from './call-audience.ts'
import type { CallRow } from './calls.queries.ts'
import type { CallsService } from './calls.service.ts'

export interface CallerParts {
  calls: CallsService
  /** Where a member on duty is, and how long he needs to a place; null when nobody knows. */
  whereaboutsOf: (memberId: string, place: LonLat) => HelperWhereabouts | null
  now: () => number
}

export function createCallerService({ calls, whereaboutsOf, now }: CallerParts) {
  function view(row: CallRow): CallerView {
    const memberId = row.handlerId ?? row.offerMemberId
    const where = memberId === null ? null : whereaboutsOf(memberId, [row.longitude, row.latitude])
    return callerViewFor(row, where, now())
  }

  return {
    viewOf: view,

    /** The calls of these secrets, by secret; a secret that is nobody's is left out. */
    findAll: (secrets: ReadonlySet<string>) => calls.idsBySecret(secrets),

    place: async (place: CallPlace, address: string | null) =>
      view(await calls.follow(await calls.place(place, address))),
    follow: async (secret: string) => view(await calls.follow(await calls.bySecret(secret))),

    async cancel(secret: string): Promise<CallerView> {
      const { id } = await calls.bySecret(secret)
      return view(await calls.take(id, { kind: 'cancel' }))
    },

    /** Once; the same stars again are the same answer. */
    async rate({ secret, stars, text }: CallRate): Promise<CallerView> {
      const row = await calls.bySecret(secret)
      if (row.state === 'rated' && row.stars === stars) return view(row)
      const also = { also: ({ queries: tx }: { queries: RatingQueries }) => tx.noteRating(row.id, stars, text) }
      return view(await calls.take(row.id, { kind: 'rate' }, also))
    },
  }
}
export type CallerService = ReturnType<typeof createCallerService>

interface RatingQueries {
  noteRating(id: string, stars: number, text: string | null): Promise<void>
}
