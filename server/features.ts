/** Puts the district's features together: queries → services → routes. */
import { areasQueries } from './areas/areas.queries.ts'
import { areasRoutes } from './areas/areas.routes.ts'
import { createAreasService } from './areas/areas.service.ts'
import { audited } from './audit/audited.ts'
import { buildingsQueries } from './buildings/buildings.queries.ts'
import { buildingsRoutes } from './buildings/buildings.routes.ts'
import { createBuildingsService } from './buildings/buildings.service.ts'
import { caseReportQueries } from './cases/case-report.queries.ts'
import { createCaseReportService } from './cases/case-report.service.ts'
import { casesQueries } from './cases/cases.queries.ts'
import { casesRoutes } from './cases/cases.routes.ts'
import { createCasesService } from './cases/cases.service.ts'
import { categoriesQueries } from './categories/categories.queries.ts'
import { categoriesRoutes } from './categories/categories.routes.ts'
import { createCategoriesService } from './categories/categories.service.ts'
import type { Database } from './database/connect.ts'
import { departmentsQueries } from './departments/departments.queries.ts'
import { departmentsRoutes } from './departments/departments.routes.ts'
import { createDepartmentsService } from './departments/departments.service.ts'
import { districtQueries } from './district/district.queries.ts'
import { districtRoutes } from './district/district.routes.ts'
import { createDistrictService } from './district/district.service.ts'
import { memberChangesQueries } from './members/member-changes.queries.ts'
import { membersQueries } from './members/members.queries.ts'
import { membersRoutes } from './members/members.routes.ts'
import { createMembersService } from './members/members.service.ts'
import { postHoldersQueries } from './members/post-holders.queries.ts'
import { createPostHoldersService } from './members/post-holders.service.ts'
import { placeCodesQueries } from './place-codes/place-codes.queries.ts'
import { placeCodesRoutes } from './place-codes/place-codes.routes.ts'
import { createPlaceCodesService } from './place-codes/place-codes.service.ts'
import type { WalksFrom } from './residents/points-on-foot.ts'
import { reportFollowQueries } from './residents/report-follow.queries.ts'
import { createResidentReportsService } from './residents/resident-reports.service.ts'
import { residentsQueries } from './residents/residents.queries.ts'
import { residentsRoutes } from './residents/residents.routes.ts'
import { createResidentsService } from './residents/residents.service.ts'
import { searchQueries } from './search/search.queries.ts'
import { searchRoutes } from './search/search.routes.ts'
import { createSearchService } from './search/search.service.ts'
import type { Serve } from './serve.ts'
import { servicePointsQueries } from './service-points/service-points.queries.ts'
import { servicePointsRoutes } from './service-points/service-points.routes.ts'
import { createServicePointsService } from './service-points/service-points.service.ts'
import type { Snapshots } from './snapshots.ts'
import { teamsQueries } from './teams/teams.queries.ts'
import { teamsRoutes } from './teams/teams.routes.ts'
import { createTeamsService } from './teams/teams.service.ts'

export interface FeatureParts {
  db: Database
  now: () => number
  /** What stands before "/g/…" in a QR. */
  homeOrigin: () => string
  snapshots: Snapshots
  walksFrom: WalksFrom
}

export function districtFeatures(serve: Serve, { db, now, homeOrigin, snapshots, walksFrom }: FeatureParts) {
  const district = createDistrictService({ queries: districtQueries(db), now, share: snapshots.share })
  const { timeZone } = district
  const holders = createPostHoldersService({ queries: postHoldersQueries(db) })
  const members = createMembersService({ queries: membersQueries(db), change: audited(db, memberChangesQueries) })
  const teams = createTeamsService({ queries: teamsQueries(db), change: audited(db, teamsQueries), members })
  const buildings = createBuildingsService({ queries: buildingsQueries(db), holders })
  const points = createServicePointsService({
    queries: servicePointsQueries(db),
    change: audited(db, servicePointsQueries),
    timeZone,
    now,
  })
  const cases = createCasesService({ queries: casesQueries(db), timeZone, now })
  const areas = createAreasService({ queries: areasQueries(db), holders, teams, buildings, points, cases })

  const reports = createCaseReportService({ change: audited(db, caseReportQueries), timeZone, now })

  const codes = createPlaceCodesService({ queries: placeCodesQueries(db), change: audited(db, placeCodesQueries), now })
  const residents = createResidentsService({
    queries: residentsQueries(db),
    codes,
    district: district.see,
    walksFrom,
    now,
  })

  placeCodesRoutes(serve, codes, homeOrigin)
  residentsRoutes(
    serve,
    residents,
    createResidentReportsService({
      queries: reportFollowQueries(db),
      places: residents,
      reports,
      hasCategory: residentsQueries(db).hasCategory,
      now,
    }),
  )
  districtRoutes(serve, district)
  areasRoutes(serve, areas)
  buildingsRoutes(serve, buildings)
  servicePointsRoutes(serve, points)
  casesRoutes(serve, cases, reports)
  categoriesRoutes(serve, createCategoriesService({ queries: categoriesQueries(db) }))
  departmentsRoutes(serve, createDepartmentsService({ queries: departmentsQueries(db) }))
  membersRoutes(serve, members)
  teamsRoutes(serve, teams)
  searchRoutes(serve, createSearchService({ queries: searchQueries(db) }))
  return { cases, points, reports }
}
export type DistrictFeatures = ReturnType<typeof districtFeatures>
