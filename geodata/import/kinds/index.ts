/** Every kind of load. A new one is a file here, its columns in column-names.ts and its target in targets.queries.ts. */
import type { LoadKind } from '#contract/loads'
import { areas } from './areas.ts'
import { base } from './base.ts'
import { buildings } from './buildings.ts'
import { cases } from './cases.ts'
import { departments } from './departments.ts'
import type { Kind } from './kind.ts'
import { members } from './members.ts'
import { servicePoints } from './service-points.ts'
import { teams } from './teams.ts'

export const kinds: Readonly<Record<LoadKind, Kind>> = {
  areas,
  buildings,
  base,
  members,
  teams,
  servicePoints,
  departments,
  cases,
}
