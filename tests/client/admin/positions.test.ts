import { describe, expect, it } from 'vitest'
import { readPasted, unknownCodes, withBindings } from '../../../client/dispatch/admin/gateways/bindings.ts'
import { deliveryExample } from '../../../client/dispatch/admin/gateways/delivery-example.ts'
import { gatewayFaults } from '../../../client/dispatch/admin/gateways/gateway-form.ts'
import { standingOf } from '../../../client/dispatch/admin/gateways/standing.ts'
import { barsOf, refusalRows } from '../../../client/dispatch/admin/refusals/refusal-rows.ts'
import { refusals as chinese } from '../../../client/locales/zh-CN/admin-positions.ts'
import type { Gateway, RefusalCount } from '../../../contract/duty.ts'
import { fixRefusals, fixRemarks } from '../../../contract/positions.ts'

const HOUR = 3_600_000
const NOW = Date.UTC(2026, 10, 22, 2, 20)

describe('refused positions', () => {
  const count = (hoursAgo: number, reason: string, source: RefusalCount['source'], number: number): RefusalCount => ({
    hour: Math.floor(NOW / HOUR) * HOUR - hoursAgo * HOUR,
    source,
    reason,
    count: number,
  })
  const counts = [
    count(0, 'zero', 'gateway', 3),
    count(23, 'zero', 'osmand', 2),
    count(24, 'zero', 'osmand', 100),
    count(5, 'clockOff', 'osmand', 9),
  ]

  it('are put together by reason, in the hours of the last day', () => {
    const [clockOff, zero] = refusalRows(counts, 'day', NOW, null)
    expect([clockOff?.reason, clockOff?.isRemark, zero?.reason, zero?.isRemark]).toEqual([
      'clockOff',
      true,
      'zero',
      false,
    ])
    expect([zero?.total, zero?.bySource.gateway, zero?.bySource.osmand]).toEqual([5, 3, 2])
    expect([zero?.byTime.length, zero?.byTime[0], zero?.byTime[23]]).toEqual([24, 2, 3])
  })

  it('are put together by spells of 24 hours over a week, and narrowed to a source', () => {
    const [zero] = refusalRows(counts, 'week', NOW, 'osmand')
    expect([zero?.total, zero?.byTime]).toEqual([102, [0, 0, 0, 0, 0, 100, 2]])
    expect(barsOf('week', NOW).at(-1)?.to).toBe(Date.UTC(2026, 10, 22, 3))
  })

  it('have words for every reason: what happened and what to do', () => {
    expect(Object.keys(chinese.reason).sort()).toEqual([...fixRefusals, ...fixRemarks].sort())
  })
})

describe('bindings of a gateway', () => {
  it('are read from what is pasted out of a spreadsheet', () => {
    const text = '设备号\t人员编号\n"car-1","M0412"\r\ncar-2；M0413\n\nnobody\ncar-3,M1,extra'
    expect(readPasted(text)).toEqual({
      bindings: [
        { device: 'car-1', memberCode: 'M0412', memberName: null },
        { device: 'car-2', memberCode: 'M0413', memberName: null },
      ],
      wrongLines: [5, 6],
    })
  })

  it('bind a device to one person only', () => {
    const bind = (device: string, memberCode: string) => ({ device, memberCode, memberName: null })
    expect(withBindings([bind('b', '1'), bind('a10', '2')], [bind('b', '3'), bind('a9', '4')])).toEqual([
      bind('a9', '4'),
      bind('a10', '2'),
      bind('b', '3'),
    ])
  })

  it('tell which codes the roster has not', () => {
    expect(unknownCodes('nobody has the roster code M1, M2')).toBe('M1, M2')
    expect(unknownCodes('a device is named twice')).toBeNull()
  })
})

describe('a gateway', () => {
  const gateway = (seenAt: number | null): Gateway => ({
    id: 'g',
    name: '对讲机平台',
    reportsEveryMs: 60_000,
    createdAt: 0,
    seenAt,
    deviceCount: 1,
  })

  it('delivers while it keeps to its interval', () => {
    expect(standingOf(gateway(null), NOW)).toBe('never')
    expect(standingOf(gateway(NOW - 180_000), NOW)).toBe('delivering')
    expect(standingOf(gateway(NOW - 180_001), NOW)).toBe('silent')
    expect(standingOf({ ...gateway(NOW - 59_000), reportsEveryMs: 1_000 }, NOW)).toBe('delivering')
  })

  it('asks for a name and whole seconds', () => {
    expect(gatewayFaults({ name: ' ', reportsEverySeconds: '1.5' })).toEqual({
      name: 'missing',
      reportsEverySeconds: 'interval',
    })
    expect(gatewayFaults({ name: '对讲机平台', reportsEverySeconds: '' }).reportsEverySeconds).toBe('interval')
    expect(gatewayFaults({ name: '对讲机平台', reportsEverySeconds: '10' })).toEqual({})
  })

  it('is shown a delivery that a shell takes as it stands, whatever a name holds', () => {
    const command = deliveryExample('https://grid.example', 'k', "o'clock", [114, 22.7], NOW)
    expect(command).toContain(`'{"sentAt":${NOW},"fixes":[{"device":"o'\\''clock","at":${NOW},"lon":114,"lat":22.7`)
  })
})
