/** What the live map knows of people besides where they are: kept in step with who is on duty. */
import { personFlags } from '#contract/position-frame'
import { grantFor } from '#contract/roles'
import { memberName } from '../auth/audience.ts'
import type { Viewer } from '../auth/viewer.ts'
import { type DutyPersonRow, isReachedPerson } from '../duty/duty.service.ts'
import type { AreaOrder } from './area-order.ts'
import type { LiveProfile } from './positions.service.ts'

interface LivePerson {
  row: DutyPersonRow
  profile: LiveProfile
}

export class LivePeople {
  #order: AreaOrder
  readonly #people = new Map<string, LivePerson>()
  #inCall: ReadonlySet<string> = new Set()

  constructor(order: AreaOrder) {
    this.#order = order
  }

  add(row: DutyPersonRow): void {
    const profile = { areaOrder: this.#order.orderOf(row.path), flags: this.#flagsOf(row), handle: row.handle }
    const known = this.#people.get(row.memberId)
    if (!known) this.#people.set(row.memberId, { row, profile })
    else {
      known.row = row
      // The same object for as long as a duty lasts: the funnel holds on to it.
      Object.assign(known.profile, profile)
    }
  }

  /** Someone's record changed; whoever went off duty while it was read stays forgotten. */
  update(row: DutyPersonRow): void {
    if (this.#people.has(row.memberId)) this.add(row)
  }

  remove(memberId: string): void {
    this.#people.delete(memberId)
  }

  profileOf(memberId: string): LiveProfile | undefined {
    return this.#people.get(memberId)?.profile
  }

  /** A name as a viewer may read it; null when the viewer may not know that this person is on duty. */
  nameFor(viewer: Viewer, memberId: string): string | null {
    const row = this.#people.get(memberId)?.row
    return row && isReachedPerson(grantFor(viewer.role, 'onDuty.see'), viewer, row) ? memberName(viewer, row) : null
  }

  #flagsOf({ memberId, isGridLeader, isPartyMember }: DutyPersonRow): number {
    return (
      (isGridLeader ? personFlags.gridLeader : 0) |
      (isPartyMember ? personFlags.partyMember : 0) |
      (this.#inCall.has(memberId) ? personFlags.inCall : 0)
    )
  }

  /** Those who come to a call now, and no others. Answers whose flags are others by that. */
  setInCall(memberIds: ReadonlySet<string>): string[] {
    const changed = [...new Set([...this.#inCall, ...memberIds])].filter(
      (id) => this.#inCall.has(id) !== memberIds.has(id),
    )
    this.#inCall = memberIds
    for (const id of changed) {
      const person = this.#people.get(id)
      if (person) person.profile.flags = this.#flagsOf(person.row)
    }
    return changed
  }

  /** After areas changed. */
  reorder(order: AreaOrder): void {
    this.#order = order
    for (const { row, profile } of this.#people.values()) profile.areaOrder = order.orderOf(row.path)
  }
}
