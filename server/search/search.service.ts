/** The palette's search over everything a viewer may see. */
import type { SearchHit } from '#contract/district'
import { grantFor } from '#contract/roles'
import { maskNumbers, memberName } from '../auth/audience.ts'
import { reachUnder, scopeUnder } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import { likePatterns, wordsOf } from '../database/like.ts'
import { balance, type RankedHit } from './balance.ts'
import type { FoundCase, SearchQueries, Wanted } from './search.queries.ts'

const LIMIT = 20

export function createSearchService({ queries }: { queries: SearchQueries }) {
  async function areaHits(viewer: Viewer, wanted: Wanted): Promise<RankedHit[]> {
    const grant = grantFor(viewer.role, 'area.see')
    if (!grant) return []
    const rows = await queries.areas(wanted, scopeUnder(grant, viewer), LIMIT)
    return rows.map(({ id, code, name, position, rank }) => ({
      kind: 'area',
      id,
      title: name,
      detail: code,
      position,
      rank,
    }))
  }

  async function memberHits(viewer: Viewer, wanted: Wanted): Promise<RankedHit[]> {
    const grant = grantFor(viewer.role, 'member.see')
    // Who reads surnames only must not find out the rest of a name by trying.
    if (grant?.detail !== 'full') return []
    const rows = await queries.members(wanted, scopeUnder(grant, viewer), LIMIT)
    return rows.map((row) => ({
      kind: 'member',
      id: row.id,
      title: memberName(viewer, row),
      detail: joined(row.badge, row.areaName),
      position: row.position,
      rank: row.rank,
    }))
  }

  async function caseHits(viewer: Viewer, wanted: Wanted): Promise<RankedHit[]> {
    const grant = grantFor(viewer.role, 'case.see')
    if (grant?.detail !== 'full' && grant?.detail !== 'masked') return []
    const isMasked = grant.detail === 'masked'
    const rows = await queries.cases(wanted, reachUnder(grant, viewer), LIMIT)
    const shown = isMasked ? rows.map(maskedCase).filter((row) => canRead(row, wanted)) : rows
    return shown.map(({ id, code, title, areaName, position, rank }) => ({
      kind: 'case',
      id,
      title,
      detail: joined(code, areaName),
      position,
      rank,
    }))
  }

  async function buildingHits(viewer: Viewer, wanted: Wanted): Promise<RankedHit[]> {
    const grant = grantFor(viewer.role, 'building.see')
    if (!grant) return []
    const rows = await queries.buildings(wanted, scopeUnder(grant, viewer), LIMIT)
    return rows.map(({ id, name, estate, address, position, rank }) => ({
      kind: 'building',
      id,
      title: name,
      detail: joined(estate, address === name ? null : address),
      position,
      rank,
    }))
  }

  async function pointHits(viewer: Viewer, wanted: Wanted): Promise<RankedHit[]> {
    const grant = grantFor(viewer.role, 'servicePoint.see')
    if (!grant) return []
    const rows = await queries.servicePoints(wanted, scopeUnder(grant, viewer), LIMIT)
    return rows.map(({ id, name, address, position, rank }) => ({
      kind: 'servicePoint',
      id,
      title: name,
      detail: address,
      position,
      rank,
    }))
  }

  return {
    /** At most 20 hits, the best first, of every kind that has any. */
    async run(viewer: Viewer, typed: string): Promise<SearchHit[]> {
      const wanted = { text: typed.trim(), ...likePatterns(typed) }
      const kinds = [areaHits, memberHits, caseHits, buildingHits, pointHits]
      return balance(await Promise.all(kinds.map((hits) => hits(viewer, wanted))), LIMIT)
    },
  }
}
export type SearchService = ReturnType<typeof createSearchService>

const joined = (...parts: (string | null)[]) => parts.filter((part) => part !== null).join(' · ') || null

const maskedCase = (row: FoundCase): FoundCase => ({ ...row, title: maskNumbers(row.title) })

/** Whether a masked row still shows what was searched; else a search would tell what the mask hides. */
function canRead({ title, code }: FoundCase, { text }: Wanted): boolean {
  const shown = `${title} ${code}`.toLowerCase()
  return wordsOf(text.toLowerCase()).every((word) => shown.includes(word))
}
