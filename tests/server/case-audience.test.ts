import { describe, expect, it } from 'vitest'
import { snapTo } from '../../contract/geo.ts'
import type { Role } from '../../contract/roles.ts'
import { caseDetailFor, openCaseFor } from '../../server/cases/case-audience.ts'
import type { CaseRow } from '../../server/cases/cases.queries.ts'
import { grantTo, viewerOf } from '../support/viewers.ts'

const PATH = '/440311001/440311001001/440311001001001/'
const row: CaseRow = {
  id: '019a0000-0000-7000-8000-0000000000c1',
  code: 'GL-20261122-000001',
  title: '王女士 13800001234 反映楼道堆物',
  text: '三楼王秀英家门口',
  categoryKey: null,
  categoryName: '乱堆物',
  stage: 'handle',
  priority: 'normal',
  areaId: '019a0000-0000-7000-8000-0000000000a1',
  areaName: '网格1',
  path: PATH,
  longitude: 114.0123456,
  latitude: 22.7123456,
  departmentId: '019a0000-0000-7000-8000-0000000000d1',
  departmentName: '城管中队',
  handlerId: '019a0000-0000-7000-8000-0000000000e1',
  handlerName: '林小满',
  handlerBadge: '0412',
  isSupervised: false,
  reportedAt: 1,
  warnAt: null,
  dueAt: 2,
  address: '澜庭苑 1 号楼 0755-12345678',
  source: 'hotline',
  outcome: null,
  buildingId: '019a0000-0000-7000-8000-0000000000b1',
  buildingName: '1 号楼',
  reporterName: '王秀英',
  reporterPhone: '13800001234',
  closedAt: null,
  version: 3,
  callId: null,
  callCode: null,
}
const steps = [{ at: 1, stage: 'accept' as const, actor: '程雨涵', note: '回电 13800001234' }]
const seenBy = (role: Role, scope: string[] = ['/'], more = {}) =>
  caseDetailFor(viewerOf(role, scope, more), grantTo(role, 'case.see'), row, steps)

describe('a case', () => {
  it('is whole for a dispatcher', () => {
    expect(seenBy('dispatcher')).toMatchObject({
      title: row.title,
      text: row.text,
      address: row.address,
      position: [114.0123456, 22.7123456],
      holder: '林小满',
      reporterName: '王秀英',
      reporterPhone: '13800001234',
      steps,
    })
  })

  it('shows a grid leader the resident masked', () => {
    expect(seenBy('gridLeader')).toMatchObject({ text: row.text, reporterName: '王**', reporterPhone: '138****1234' })
  })

  it('shows its department text and place, the resident masked, and who handles it by surname and badge', () => {
    const mine = seenBy('department', [], { departmentId: row.departmentId })
    expect(mine).toMatchObject({ text: row.text, reporterPhone: '138****1234', holder: '林 0412' })
  })

  it('shows a member the resident only of a case in his own hands', () => {
    expect(seenBy('member').reporterPhone).toBeNull()
    expect(seenBy('member', ['/'], { memberId: row.handlerId }).reporterPhone).toBe('138****1234')
  })

  it('shows the street no free text, no resident and no long number', () => {
    const seen = seenBy('streetAdmin')
    expect(seen).toMatchObject({ text: null, reporterName: null, reporterPhone: null, buildingName: '1 号楼' })
    expect(JSON.stringify(seen)).not.toMatch(/1380000|12345678|王秀英/)
    expect(seen.steps).toEqual([{ ...steps[0], note: '回电 ****' }])
  })

  it('shows the wall its category, state and a rough place, and no word that anybody wrote', () => {
    const seen = seenBy('wall')
    expect(seen).toMatchObject({
      title: '乱堆物',
      text: null,
      address: null,
      position: snapTo(50, [114.0123456, 22.7123456]),
      holder: '林 0412',
      buildingId: null,
      buildingName: null,
      reporterName: null,
      reporterPhone: null,
      steps: [{ at: 1, stage: 'accept', actor: null, note: null }],
    })
    expect(JSON.stringify(seen)).not.toMatch(/王女士|王秀英|程雨涵|林小满|澜庭苑|138/)
  })

  it('has no place when it has none', () => {
    const placeless = { ...row, longitude: null, latitude: null }
    expect(openCaseFor(viewerOf('wall'), grantTo('wall', 'case.see'), placeless).position).toBeNull()
  })

  it('is held by its department while nobody has it, or by nobody', () => {
    const grant = grantTo('dispatcher', 'case.see')
    const unheld = { ...row, handlerName: null }
    expect(openCaseFor(viewerOf('dispatcher'), grant, unheld).holder).toBe('城管中队')
    expect(openCaseFor(viewerOf('dispatcher'), grant, { ...unheld, departmentName: null }).holder).toBeNull()
  })
})
