/** What the live map knows of people besides where they are: kept in step with who is on duty. */
import { personFlags } from '#contract/position-frame'
import type { DutyPersonRow } from '../duty/duty.service.ts'
import type { AreaOrder } from './area-order.ts'
import type { LiveProfile } from './positions.service.ts'

export class LivePeople {
  #order: AreaOrder
  /** Never given out twice while the process lives, so that a late frame cannot name the wrong person. */
  #nextHandle = 1
  readonly #people = new Map<string, { path: string | null; flags: number; handle: number }>()

  constructor(order: AreaOrder) {
    this.#order = order
  }

  add({ memberId, path, isGridLeader, isPartyMember }: DutyPersonRow): void {
    const flags = (isGridLeader ? personFlags.gridLeader : 0) | (isPartyMember ? personFlags.partyMember : 0)
    const handle = this.#people.get(memberId)?.handle ?? this.#nextHandle++
    this.#people.set(memberId, { path, flags, handle })
  }

  remove(memberId: string): void {
    this.#people.delete(memberId)
  }

  profileOf(memberId: string): LiveProfile | undefined {
    const person = this.#people.get(memberId)
    return person && { areaOrder: this.#order.orderOf(person.path), flags: person.flags, handle: person.handle }
  }

  /** After areas changed. */
  reorder(order: AreaOrder): void {
    this.#order = order
  }
}
