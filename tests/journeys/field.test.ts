/** What a member's phone relies on: it comes home to its own page, stays signed in, and knows how its duty ended. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { DUTY_NOTICE_VERSION, LONGEST_DUTY_MS } from '../../contract/duty.ts'
import { type AccountRole, accountRoles } from '../../contract/roles.ts'
import { insertAccount } from '../support/accounts.ts'
import { insertMember, insertStreet, type StreetIds } from '../support/builders.ts'
import { startTestServer, type TestClient, type TestServer } from '../support/server.ts'

const DAY_MINUTES = 24 * 60

let server: TestServer
let street: StreetIds
let memberId: string
let member: TestClient
beforeAll(async () => {
  server = await startTestServer()
  street = await insertStreet(server.test.db)
  await server.web.life.layGround()
})
afterAll(() => server.stop())
beforeEach(async () => {
  memberId = await insertMember(server.test.db, { name: '周正' }, [{ post: 'gridMember', area_id: street.grids[0] }])
  member = await server.signInAs('member', { scope: [street.grids[0]], memberId })
})

const homes: Record<AccountRole, string> = {
  member: '/field/',
  gridLeader: '/field/',
  department: '/dispatch/',
  dispatcher: '/dispatch/',
  communityAdmin: '/dispatch/',
  streetAdmin: '/dispatch/',
}

it.each(accountRoles)('a link of a %s leads to the page of that role', async (role) => {
  const url = await server.newLink(await insertAccount(server.test.db, role, { scope: 'everywhere' }))
  const pressed = await fetch(url, { method: 'POST', headers: { origin: server.origin }, redirect: 'manual' })
  expect([pressed.status, pressed.headers.get('location')]).toEqual([303, homes[role]])
  // A phone may close its browser at any time; a desk is left for good.
  expect(pressed.headers.getSetCookie()[0]?.includes('Expires=')).toBe(homes[role] === '/field/')
})

it('a phone does not lock in the pocket, lasts for three months, and no longer', async () => {
  const age = (minutes: number) =>
    server.test.db.query(
      `UPDATE sessions s SET active_at = active_at - $2 * interval '1 minute', expires_at = expires_at - $2 * interval '1 minute'
       FROM accounts a WHERE a.id = s.account_id AND a.member_id = $1`,
      [memberId, minutes],
    )
  await age(89 * DAY_MINUTES)
  expect((await member.call('duty.own')).status).toBe(200)
  expect((await member.call('session.see')).body).toMatchObject({ isLocked: false, idleLockMs: null })
  await age(DAY_MINUTES + 1)
  expect((await member.call('duty.own')).status).toBe(401)
})

it('tells a member who he is on the roster, whether he agreed, and until when his duty lasts', async () => {
  const before = await member.call('duty.own')
  expect(before.body).toMatchObject({
    member: { id: memberId, name: '周正', areaId: street.grids[0], isGridLeader: false },
    isOn: false,
    lastEnd: null,
    agreedVersion: null,
  })
  const { body: started } = await member.call('duty.start', { body: { noticeVersion: DUTY_NOTICE_VERSION } })
  expect(started).toMatchObject({ isOn: true, agreedVersion: DUTY_NOTICE_VERSION, lastEnd: null })
  expect(started.endsAt - started.startedAt).toBe(LONGEST_DUTY_MS)
})

it.each(['self', 'dispatcher'] as const)('tells him that it was ended by: %s', async (by) => {
  await member.call('duty.start', { body: { noticeVersion: DUTY_NOTICE_VERSION } })
  if (by === 'self') await member.call('duty.end')
  else {
    const desk = await server.signInAs('dispatcher', { scope: 'everywhere' })
    expect((await desk.call('duty.forceEnd', { params: { id: memberId } })).status).toBe(200)
  }
  const { body } = await member.call('duty.own')
  expect(body).toMatchObject({ isOn: false, lastFixAt: null, lastEnd: { by } })
  expect(Math.abs(body.lastEnd.at - Date.now())).toBeLessThan(60_000)
})
