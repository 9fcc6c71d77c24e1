/** A whole district as data: rows that reference each other by code. Places are [longitude, latitude], WGS-84. */
import type { CaseReport, CaseStage, OpenCase } from '#contract/cases'
import type { LonLat } from '#contract/geo'
import type { Post, Skill } from '#contract/members'
import type { AccountRole } from '#contract/roles'
import type { OpeningHours, ServicePointKind } from '#contract/service-points'

/** Closed rings, the outer one first. */
export type Polygon = LonLat[][]

export interface BranchRow {
  code: string
  name: string
}

export interface AreaRow {
  code: string
  parentCode: string | null
  level: 'street' | 'community' | 'grid'
  name: string
  branchCode: string | null
  households: number
  border: Polygon[]
}

export interface BaseFeatureRow {
  code: string
  layer: 'water' | 'green' | 'land' | 'road' | 'rail' | 'place'
  kind: string
  name: string | null
  isBridge: boolean
  isWalkable: boolean
  shape: { type: 'Point'; at: LonLat } | { type: 'LineString'; line: LonLat[] } | { type: 'Polygon'; polygon: Polygon }
}

export interface BuildingRow {
  code: string
  name: string
  estate: string | null
  address: string
  kind: string
  floors: number
  heightMetres: number
  households: number
  shape: Polygon
  centre: LonLat
  areaCode: string
}

export interface MemberRow {
  code: string
  name: string
  badge: string
  phone: string
  isPartyMember: boolean
  branchCode: string
  skills: Skill[]
}

export interface PostRow {
  memberCode: string
  post: Post
  areaCode: string
  buildingCode: string | null
  servicePointCode: string | null
}

export interface TeamRow {
  code: string
  name: string
  kind: 'service' | 'patrol'
  areaCode: string
  leaderCode: string
  memberCodes: string[]
}

export interface ServicePointRow {
  code: string
  name: string
  kind: ServicePointKind
  address: string
  phone: string
  services: string[]
  hours: OpeningHours
  closedOn: string | null
  closedReason: string | null
  position: LonLat
  areaCode: string
}

export interface DepartmentRow {
  code: string
  name: string
  phone: string
}

export interface CaseStepRow {
  caseCode: string
  at: number
  stage: CaseStage
  actor: string
  note: string | null
}

/** Instants in milliseconds since the epoch. */
export interface CaseRow extends Pick<OpenCase, 'code' | 'title' | 'priority' | 'stage' | 'isSupervised'> {
  text: string
  categoryKey: string
  categoryName: string
  source: CaseReport['source']
  outcome: 'fixed' | 'notFiled' | 'void' | 'merged' | 'selfHandled' | null
  reportedAt: number
  warnAt: number | null
  dueAt: number | null
  closedAt: number | null
  position: LonLat | null
  address: string
  areaCode: string | null
  buildingCode: string | null
  departmentCode: string | null
  handlerCode: string | null
  reporterName: string | null
  reporterPhone: string | null
}

export interface AccountRow {
  signInName: string
  name: string
  role: AccountRole
  memberCode: string | null
  departmentCode: string | null
  /** null = everywhere. */
  scopeCodes: (string | null)[]
}

export interface District {
  seed: number
  name: string
  branches: BranchRow[]
  /** Parents before children. */
  areas: AreaRow[]
  baseFeatures: BaseFeatureRow[]
  buildings: BuildingRow[]
  members: MemberRow[]
  posts: PostRow[]
  teams: TeamRow[]
  servicePoints: ServicePointRow[]
  departments: DepartmentRow[]
  cases: CaseRow[]
  caseSteps: CaseStepRow[]
  accounts: AccountRow[]
}
