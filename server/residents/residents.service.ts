/** What a resident reads without signing in: who answers for the place, whom to ring, where to go, names of places. */
import type { District } from '#contract/district'
import { distanceMetres, type LonLat } from '#contract/geo'
import { type Post, post as postName, postRank } from '#contract/members'
import {
  type BoardHolder,
  FAR_METRES,
  type FoundPlace,
  type ResidentHome,
  type ResidentPlace,
} from '#contract/resident'
import { baseTileVersion } from '#contract/tiles'
import { pathsDownTo } from '../areas/areas.service.ts'
import { surnameOf } from '../auth/audience.ts'
import type { Viewer } from '../auth/viewer.ts'
import { likePatterns } from '../database/like.ts'
import { badInput, notFound } from '../errors.ts'
import type { PlaceCodesService } from '../place-codes/place-codes.service.ts'
import { type WalksFrom, withWalks } from './points-on-foot.ts'
import { deskOf } from './resident-desk.ts'
import { resident, residentGrant } from './resident-viewer.ts'
import type { HolderRow, PlaceRow, ResidentsQueries } from './residents.queries.ts'

/** More than a list on a phone is read to its end. */
const POINTS = 40
const FOUND = 12
/** The district's name, bounds and versions may be this old. */
const DISTRICT_MS = 5_000

export interface HomeQuery {
  code?: string | undefined
  buildingId?: string | undefined
  gridId?: string | undefined
  longitude?: number | undefined
  latitude?: number | undefined
}

export interface ResidentsParts {
  queries: ResidentsQueries
  codes: Pick<PlaceCodesService, 'target'>
  district: (viewer: Viewer) => Promise<District>
  walksFrom: WalksFrom
  now: () => number
}

interface Standing {
  codeState: ResidentHome['codeState']
  place: PlaceRow | null
  kind: ResidentPlace['kind']
}

export function createResidentsService({ queries, codes, district, walksFrom, now }: ResidentsParts) {
  let known: { district: Promise<District>; at: number } | null = null

  function readDistrict(): Promise<District> {
    if (known && now() - known.at < DISTRICT_MS) return known.district
    const reading = district(resident)
    known = { district: reading, at: now() }
    reading.catch(() => {
      known = null
    })
    return reading
  }

  async function standing(query: HomeQuery): Promise<Standing> {
    if (query.code !== undefined) {
      const target = await codes.target(query.code)
      if (!target) return { codeState: 'unknown', place: null, kind: 'grid' }
      if (target.isRevoked) return { codeState: 'revoked', place: null, kind: 'grid' }
      const byCode = { buildingId: target.buildingId ?? undefined, gridId: target.areaId ?? undefined }
      return { ...(await placeOf(byCode)), codeState: 'live' }
    }
    return placeOf(query)
  }

  async function placeOf({ buildingId, gridId, longitude, latitude }: HomeQuery): Promise<Standing> {
    if (buildingId !== undefined) return found('building', await queries.building(buildingId))
    if (gridId !== undefined) return found('grid', await queries.grid(gridId))
    if (longitude !== undefined && latitude !== undefined) {
      const position: LonLat = [longitude, latitude]
      if (await isFar(position)) throw badInput('longitude', 'this place is far outside the district')
      const grid = await queries.gridAt(position)
      const place = { id: '', title: '', position, gridId: grid?.id ?? null, path: grid?.path ?? null }
      return { codeState: null, place, kind: 'spot' }
    }
    return { codeState: null, place: null, kind: 'spot' }
  }

  async function isFar(position: LonLat): Promise<boolean> {
    const { bounds } = await readDistrict()
    if (!bounds) return false
    const [west, south, east, north] = bounds
    return distanceMetres(position, [(west + east) / 2, (south + north) / 2]) > FAR_METRES
  }

  return {
    async home(query: HomeQuery): Promise<ResidentHome> {
      residentGrant('servicePoint.see')
      const { codeState, place, kind } = await standing(query)
      const [{ name, timeZone, bounds, versions, attribution }, desk, around, holders, areaNames] = await Promise.all([
        readDistrict(),
        queries.desk(),
        place ? queries.pointsAround(place.position, POINTS) : queries.points(POINTS),
        place?.gridId ? queries.holders(place.gridId) : [],
        place?.path ? queries.areaNames(pathsDownTo(place.path)) : [],
      ])
      const points = withWalks(around, place && walksFrom(place.position))
      return {
        asOf: now(),
        districtName: name,
        timeZone,
        codeState,
        place: place && {
          kind,
          id: kind === 'spot' ? null : place.id,
          title: kind === 'spot' ? null : place.title,
          areaNames,
          position: place.position,
        },
        holder: boardOf(holders),
        desk: deskOf(desk, around),
        points,
        map: bounds && { bounds, baseVersion: baseTileVersion(versions), attribution },
      }
    },

    /** Grids and buildings by name. */
    async places(typed: string): Promise<FoundPlace[]> {
      residentGrant('postHolder.see')
      const patterns = likePatterns(typed)
      return patterns.words.length === 0 ? [] : queries.places(patterns, FOUND)
    },

    place: placeOf,
  }
}
export type ResidentsService = ReturnType<typeof createResidentsService>

function found(kind: ResidentPlace['kind'], place: PlaceRow | null): Standing {
  if (!place) throw notFound('This place')
  return { codeState: null, place, kind }
}

/** The grid member, else the leader; of several one who is on duty. Surname, post and badge only. */
function boardOf(rows: readonly HolderRow[]): BoardHolder | null {
  residentGrant('postHolder.see')
  const order = ({ post, isOnDuty }: HolderRow) => -2 * postRank(post) + (isOnDuty ? 0 : 1)
  const [first] = rows.toSorted((a, b) => order(a) - order(b))
  if (!first) return null
  const { name, post, badge, isOnDuty } = first
  return { surname: surnameOf(name), post: postName.parse(post) as Post, badge, isOnDuty }
}
