/** Trackers and gateways over a database. */
import { audited } from '../audit/audited.ts'
import type { Database } from '../database/connect.ts'
import { devicesQueries } from './devices.queries.ts'
import { createDevicesService } from './devices.service.ts'

export const createDevices = (db: Database, now: () => number) =>
  createDevicesService({ queries: devicesQueries(db), change: audited(db, devicesQueries), now })
