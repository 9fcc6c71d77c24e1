/** SQL of calls. A call's row is written only by who read its newest version: one conditional UPDATE decides who wins. */
import type { CallState, LadderCall, OfferOutcome, QueueReason } from '#contract/call-ladder'
import type { CallCandidate, CallDetail, CallPlace, CallWish } from '#contract/calls'
import type { LonLat } from '#contract/geo'
import type { Skill } from '#contract/members'
import type { Reach } from '../auth/reach.ts'
import type { Queryable } from '../database/connect.ts'
import type { CallPerson } from './rank-candidates.ts'

export interface CallRow {
  id: string
  code: string
  version: number
  state: CallState
  hop: number
  longitude: number
  latitude: number
  areaId: string | null
  path: string | null
  wish: CallWish | null
  skill: Skill | null
  note: string | null
  isVerified: boolean
  queuedBecause: QueueReason | null
  placedAt: number
  dueAt: number | null
  acceptedAt: number | null
  onTheWayAt: number | null
  arrivedAt: number | null
  alarmedAt: number | null
  endedAt: number | null
  stars: number | null
  ratingText: string | null
  takenBy: string | null
  takenByName: string | null
  handlerId: string | null
  /** The open offer, or the one that was accepted. */
  offerId: string | null
  offerMemberId: string | null
  offerIsAssigned: boolean | null
  rungAt: number | null
  deliveredAt: number | null
  offerDueAt: number | null
  way: CallCandidate['way'] | null
  wayMetres: number | null
  worstSeconds: number | null
  /** Being rung, or coming. */
  memberName: string | null
  memberBadge: string | null
  memberIsPartyMember: boolean | null
  placedByName: string | null
  caseId: string | null
  caseCode: string | null
  mergedInto: string | null
  mergedIntoCode: string | null
}

const COLUMNS = `
  c.id, c.code, c.version, c.state, c.hop, ST_X(c.position) AS longitude, ST_Y(c.position) AS latitude,
  c.area_id AS "areaId", a.path, c.wish, c.skill, c.note, c.is_verified AS "isVerified",
  c.queued_because AS "queuedBecause", c.placed_at AS "placedAt", c.due_at AS "dueAt", c.accepted_at AS "acceptedAt",
  c.on_the_way_at AS "onTheWayAt", c.arrived_at AS "arrivedAt", c.alarmed_at AS "alarmedAt", c.ended_at AS "endedAt",
  c.stars, c.rating_text AS "ratingText", c.taken_by AS "takenBy", t.name AS "takenByName", c.handler_id AS "handlerId",
  o.id AS "offerId", o.member_id AS "offerMemberId", o.is_assigned AS "offerIsAssigned", o.rung_at AS "rungAt",
  o.delivered_at AS "deliveredAt", o.due_at AS "offerDueAt", o.way, o.way_metres AS "wayMetres",
  o.worst_seconds AS "worstSeconds", m.name AS "memberName", m.badge AS "memberBadge",
  m.is_party_member AS "memberIsPartyMember", pb.name AS "placedByName", c.case_id AS "caseId", cs.code AS "caseCode",
  c.merged_into AS "mergedInto", mi.code AS "mergedIntoCode"`

const JOINS = `
  LEFT JOIN areas a ON a.id = c.area_id
  LEFT JOIN accounts t ON t.id = c.taken_by
  LEFT JOIN accounts pb ON pb.id = c.placed_by
  LEFT JOIN cases cs ON cs.id = c.case_id
  LEFT JOIN calls mi ON mi.id = c.merged_into
  LEFT JOIN LATERAL (SELECT * FROM call_offers o WHERE o.call_id = c.id AND
    (o.id = c.offer_id OR (c.handler_id IS NOT NULL AND o.member_id = c.handler_id AND o.outcome = 'accepted'))
    ORDER BY o.rung_at DESC LIMIT 1) o ON true
  LEFT JOIN members m ON m.id = coalesce(c.handler_id, o.member_id)`

/** The reach is $1 to $2: subtrees, and the member it is offered to or handled by; $3: everybody's alarms as well. */
const IN_REACH = `(in_scope(a.path, $1) OR ($2::uuid IN (c.handler_id, CASE WHEN c.state = 'ringing' THEN o.member_id END))
  OR ($3 AND c.alarmed_at IS NOT NULL))`
export type CallReach = Pick<Reach, 'scope' | 'memberId'> & { seesAlarms: boolean }
const reachValues = ({ scope, memberId, seesAlarms }: CallReach) => [scope, memberId, seesAlarms]

const POINT = 'ST_SetSRID(ST_MakePoint($1, $2), 4326)'

export interface NewCall extends Pick<CallPlace, 'position' | 'accuracyMetres' | 'wish' | 'skill' | 'note'> {
  id: string
  code: string
  /** null: placed for somebody, who follows it nowhere. */
  secretHash: Buffer | null
  deviceHash: Buffer | null
  addressHash: Buffer | null
  placedBy: string | null
  areaId: string | null
  ladder: LadderCall
}

const instant = (at: number | null) => (at === null ? null : new Date(at))

export const callsQueries = (db: Queryable) => ({
  async find(id: string): Promise<CallRow | null> {
    const [row] = await db.query<CallRow>(`SELECT ${COLUMNS} FROM calls c ${JOINS} WHERE c.id = $1`, [id])
    return row ?? null
  },

  async findReached(id: string, reach: CallReach): Promise<CallRow | null> {
    const [row] = await db.query<CallRow>(`SELECT ${COLUMNS} FROM calls c ${JOINS} WHERE c.id = $4 AND ${IN_REACH}`, [
      ...reachValues(reach),
      id,
    ])
    return row ?? null
  },

  async findBySecret(secretHash: Buffer): Promise<CallRow | null> {
    const [row] = await db.query<CallRow>(`SELECT ${COLUMNS} FROM calls c ${JOINS} WHERE c.secret_hash = $1`, [
      secretHash,
    ])
    return row ?? null
  },

  /** Of these hashes, in hex, those that are of a call. */
  async idsBySecret(secretHashes: readonly string[]): Promise<{ secretHash: string; id: string }[]> {
    return db.query(
      `SELECT encode(secret_hash, 'hex') AS "secretHash", id FROM calls
       WHERE secret_hash = ANY (SELECT decode(hash, 'hex') FROM unnest($1::text[]) hash)`,
      [secretHashes],
    )
  },

  /** The call of an offer, open or not. */
  async findByOffer(offerId: string): Promise<{ callId: string } | null> {
    const [row] = await db.query<{ callId: string }>('SELECT call_id AS "callId" FROM call_offers WHERE id = $1', [
      offerId,
    ])
    return row ?? null
  },

  /** The call a member is asked for or comes to. */
  async ofMember(memberId: string): Promise<CallRow | null> {
    const [row] = await db.query<CallRow>(
      `SELECT ${COLUMNS} FROM calls c ${JOINS} WHERE c.ended_at IS NULL
         AND $1 IN (c.handler_id, CASE WHEN c.state = 'ringing' THEN o.member_id END) ORDER BY c.placed_at LIMIT 1`,
      [memberId],
    )
    return row ?? null
  },

  async live(reach: CallReach, limit: number): Promise<CallRow[]> {
    return db.query(
      `SELECT ${COLUMNS} FROM calls c ${JOINS} WHERE c.ended_at IS NULL AND ${IN_REACH}
       ORDER BY c.placed_at DESC, c.id LIMIT $4`,
      [...reachValues(reach), limit],
    )
  },

  async byIds(ids: readonly string[]): Promise<CallRow[]> {
    return db.query(`SELECT ${COLUMNS} FROM calls c ${JOINS} WHERE c.id = ANY ($1::uuid[])`, [ids])
  },

  async rungs(callId: string): Promise<CallDetail['rungs']> {
    return db.query(
      `SELECT o.hop, json_build_object('id', m.id, 'name', m.name) AS member, o.is_assigned AS "isAssigned",
         o.worst_seconds AS "worstSeconds", o.rung_at AS "rungAt", o.delivered_at AS "deliveredAt",
         o.ended_at AS "endedAt", o.outcome, o.reason
       FROM call_offers o JOIN members m ON m.id = o.member_id WHERE o.call_id = $1 ORDER BY o.rung_at, o.id`,
      [callId],
    )
  },

  async nextNumber(): Promise<number> {
    const [row] = await db.query<{ number: number }>(`SELECT nextval('call_numbers') AS number`)
    if (!row) throw new Error('The sequence of call numbers gave nothing.')
    return row.number
  },

  /** false: this secret has a call already. */
  async insert({ ladder, position, ...item }: NewCall): Promise<boolean> {
    const rows = await db.query(
      `INSERT INTO calls (id, code, secret_hash, device_hash, address_hash, position, accuracy_metres, area_id, wish,
                          skill, note, state, queued_because, due_at, placed_at, placed_by)
       VALUES ($3, $4, $5, $6, $7, ${POINT}, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
       ON CONFLICT (secret_hash) DO NOTHING RETURNING 1`,
      [
        ...position,
        item.id,
        item.code,
        item.secretHash,
        item.deviceHash,
        item.addressHash,
        item.accuracyMetres,
        item.areaId,
        item.wish,
        item.skill,
        item.note,
        ladder.state,
        ladder.queuedBecause,
        instant(ladder.dueAt),
        instant(ladder.placedAt),
        item.placedBy,
      ],
    )
    return rows.length === 1
  },

  /** Writes what a step made of a call, if nobody wrote since it was read. The instants of its stages are kept once. */
  async save(id: string, version: number, ladder: LadderCall, now: number): Promise<boolean> {
    const rows = await db.query(
      `UPDATE calls SET state = $3, hop = $4, offer_id = $5, handler_id = $6, taken_by = $7, queued_because = $8,
         due_at = $9, version = version + 1,
         accepted_at = CASE WHEN $3 = 'accepted' THEN $10::timestamptz ELSE accepted_at END,
         on_the_way_at = CASE WHEN $3 = 'onTheWay' THEN $10::timestamptz ELSE on_the_way_at END,
         arrived_at = CASE WHEN $3 = 'arrived' THEN $10::timestamptz ELSE arrived_at END,
         alarmed_at = CASE WHEN $3 = 'alarm' THEN $10::timestamptz ELSE alarmed_at END,
         rated_at = CASE WHEN $3 = 'rated' THEN $10::timestamptz END,
         ended_at = CASE WHEN $3 IN ('done', 'rated', 'cancelled', 'merged') THEN coalesce(ended_at, $10::timestamptz) END
       WHERE id = $1 AND version = $2 RETURNING 1`,
      [
        id,
        version,
        ladder.state,
        ladder.hop,
        ladder.offer?.id ?? null,
        ladder.handlerId,
        ladder.takenBy,
        ladder.queuedBecause,
        instant(ladder.dueAt),
        new Date(now),
      ],
    )
    return rows.length === 1
  },

  async noteRating(id: string, stars: number, text: string | null): Promise<void> {
    await db.query('UPDATE calls SET stars = $2, rating_text = $3 WHERE id = $1', [id, stars, text])
  },

  async noteEnd(id: string, reason: string): Promise<void> {
    await db.query('UPDATE calls SET end_reason = $2 WHERE id = $1', [id, reason])
  },

  /** A call, and whatever went on in it, goes on in another from now on. false: the other has ended. */
  async mergeInto(id: string, into: string): Promise<boolean> {
    const live = await db.query('SELECT 1 FROM calls WHERE id = $1 AND ended_at IS NULL FOR UPDATE', [into])
    if (live.length === 0) return false
    await db.query('UPDATE calls SET merged_into = $2, version = version + 1 WHERE id = $1 OR merged_into = $1', [
      id,
      into,
    ])
    return true
  },

  /** What goes on in these calls. */
  async mergedInto(ids: readonly string[]): Promise<{ id: string; code: string }[]> {
    return db.query('SELECT id, code FROM calls WHERE merged_into = ANY ($1::uuid[]) ORDER BY placed_at, id', [ids])
  },

  /** false: this member is asked or comes to another call at this moment. */
  async openOffer(
    callId: string,
    { hop, offer }: LadderCall,
    way: Pick<CallCandidate, 'way' | 'wayMetres' | 'worstSeconds'> | null,
  ): Promise<boolean> {
    if (!offer) throw new Error('There is no offer to open.')
    const rows = await db.query(
      `INSERT INTO call_offers (id, call_id, hop, member_id, is_assigned, way, way_metres, worst_seconds, rung_at, due_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
       WHERE NOT EXISTS (SELECT 1 FROM calls WHERE handler_id = $4 AND state IN ('accepted', 'onTheWay', 'arrived'))
       ON CONFLICT (member_id) WHERE outcome IS NULL DO NOTHING RETURNING 1`,
      [
        offer.id,
        callId,
        hop,
        offer.memberId,
        offer.isAssigned,
        way?.way ?? null,
        way?.wayMetres ?? null,
        way?.worstSeconds ?? null,
        new Date(offer.rungAt),
        new Date(offer.dueAt),
      ],
    )
    return rows.length === 1
  },

  async noteDelivery(offerId: string, deliveredAt: number, dueAt: number): Promise<void> {
    await db.query('UPDATE call_offers SET delivered_at = $2, due_at = $3 WHERE id = $1 AND outcome IS NULL', [
      offerId,
      new Date(deliveredAt),
      new Date(dueAt),
    ])
  },

  async closeOffer(offerId: string, outcome: OfferOutcome, at: number, reason: string | null): Promise<void> {
    await db.query(
      'UPDATE call_offers SET outcome = $2, ended_at = $3, reason = $4 WHERE id = $1 AND outcome IS NULL',
      [offerId, outcome, new Date(at), reason],
    )
  },

  /** Calls whose clock has run out, the longest overdue first. */
  async due(now: number, limit: number): Promise<string[]> {
    const rows = await db.query<{ id: string }>('SELECT id FROM calls WHERE due_at <= $1 ORDER BY due_at LIMIT $2', [
      new Date(now),
      limit,
    ])
    return rows.map(({ id }) => id)
  },

  /** Whom a call has asked, who is asked or comes anywhere, and how many calls each took since an instant. */
  async rankFacts(callId: string, since: number) {
    const [row] = await db.query<{ asked: string[]; busy: string[]; taken: Record<string, number> }>(
      `SELECT (SELECT coalesce(json_agg(member_id), '[]') FROM call_offers WHERE call_id = $1) AS asked,
         (SELECT coalesce(json_agg(id), '[]') FROM (
            SELECT member_id AS id FROM call_offers WHERE outcome IS NULL
            UNION SELECT handler_id FROM calls WHERE state IN ('accepted', 'onTheWay', 'arrived')) b) AS busy,
         (SELECT coalesce(json_object_agg(member_id, count), '{}') FROM (
            SELECT member_id, count(*) AS count FROM call_offers
            WHERE outcome = 'accepted' AND ended_at >= $2 GROUP BY member_id) t) AS taken`,
      [callId, new Date(since)],
    )
    return row ?? { asked: [], busy: [], taken: {} }
  },

  /** The members who come to a call now. */
  async handlers(): Promise<string[]> {
    const rows = await db.query<{ id: string }>(
      `SELECT handler_id AS id FROM calls WHERE state IN ('accepted', 'onTheWay', 'arrived')`,
    )
    return rows.map(({ id }) => id)
  },

  /** What a device and an address did since an instant, and whether the device has a call open. */
  async placedSince(deviceHash: Buffer, addressHash: Buffer | null, since: number) {
    const [row] = await db.query<{ byDevice: number; byAddress: number; isOpen: boolean }>(
      `SELECT (SELECT count(*) FROM calls WHERE device_hash = $1 AND placed_at > $3) AS "byDevice",
         (SELECT count(*) FROM calls WHERE address_hash = $2 AND placed_at > $3) AS "byAddress",
         EXISTS (SELECT 1 FROM calls WHERE device_hash = $1 AND ended_at IS NULL) AS "isOpen"`,
      [deviceHash, addressHash, new Date(since)],
    )
    return row ?? { byDevice: 0, byAddress: 0, isOpen: false }
  },

  /** The grid at a place or the nearest one, so that a call is on somebody's desk; null where none is within half a degree. */
  async areaFor([longitude, latitude]: LonLat): Promise<{ id: string; path: string } | null> {
    const [row] = await db.query<{ id: string; path: string }>(
      `SELECT id, path FROM areas WHERE level = 'grid' AND ST_DWithin(border, ${POINT}, 0.5)
       ORDER BY ST_Distance(border, ${POINT}), code LIMIT 1`,
      [longitude, latitude],
    )
    return row ?? null
  },

  async hasAreas(): Promise<boolean> {
    const [row] = await db.query<{ has: boolean }>(`SELECT EXISTS (SELECT 1 FROM areas WHERE level = 'grid') AS has`)
    return row?.has ?? false
  },

  /** Everyone on duty, as a ranking needs to know him. */
  async peopleOnDuty(): Promise<CallPerson[]> {
    return db.query(
      `SELECT m.id AS "memberId", m.name, m.badge, m.is_party_member AS "isPartyMember", m.skills,
         home.id AS "areaId", home.path, coalesce(home.serves, false) AS "isGridMember"
       FROM duties d JOIN members m ON m.id = d.member_id
       LEFT JOIN LATERAL (
         SELECT a.id, a.path, p.post IN ('gridLeader', 'gridMember') AS serves
         FROM posts p JOIN areas a ON a.id = p.area_id WHERE p.member_id = m.id
         ORDER BY p.post IN ('gridLeader', 'gridMember') DESC, length(a.path) DESC, a.code LIMIT 1) home ON true
       WHERE d.ended_at IS NULL ORDER BY m.code`,
    )
  },

  /** Where a member serves; null when there is no such active member. */
  async memberPath(memberId: string): Promise<{ path: string | null } | null> {
    const [row] = await db.query<{ path: string | null }>(
      `SELECT (SELECT a.path FROM posts p JOIN areas a ON a.id = p.area_id WHERE p.member_id = m.id
               ORDER BY length(a.path) DESC, a.code LIMIT 1) AS path
       FROM members m WHERE m.id = $1 AND m.is_active`,
      [memberId],
    )
    return row ?? null
  },

  async ruleSettings(): Promise<unknown> {
    const [row] = await db.query<{ value: unknown }>(`SELECT value FROM settings WHERE key = 'callRules'`)
    return row?.value ?? {}
  },

  /** Takes or keeps a piece of work until an instant; false while another process has it. */
  async takeLease(name: string, holder: string, now: number, until: number): Promise<boolean> {
    const rows = await db.query(
      `INSERT INTO leases (name, holder, until) VALUES ($1, $2, $4)
       ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
       WHERE leases.holder = excluded.holder OR leases.until < $3 RETURNING 1`,
      [name, holder, new Date(now), new Date(until)],
    )
    return rows.length === 1
  },

  async dropLease(name: string, holder: string): Promise<void> {
    await db.query('DELETE FROM leases WHERE name = $1 AND holder = $2', [name, holder])
  },
})
export type CallsQueries = ReturnType<typeof callsQueries>
