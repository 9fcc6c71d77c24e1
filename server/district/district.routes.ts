import type { Serve } from '../serve.ts'
import type { DistrictService } from './district.service.ts'

export function districtRoutes(serve: Serve, district: DistrictService): void {
  serve('district.see', ({ viewer }) => district.see(viewer))
}
