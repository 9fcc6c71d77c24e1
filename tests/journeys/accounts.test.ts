/** Administration of accounts: below one's own level, within one's own area, never oneself. */
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AccountRole } from '../../contract/roles.ts'
import { insertAccount } from '../support/accounts.ts'
import { insertStreet, type StreetIds } from '../support/builders.ts'
import { startTestServer, type TestClient, type TestServer } from '../support/server.ts'

let server: TestServer
let street: StreetIds
let streetAdmin: TestClient
let communityAdmin: TestClient
let memberInWest: string
let memberInEast: string

beforeAll(async () => {
  server = await startTestServer()
  street = await insertStreet(server.test.db)
  streetAdmin = await server.signInAs('streetAdmin', { scope: 'everywhere' })
  communityAdmin = await server.signInAs('communityAdmin', { scope: [street.communities[0]] })
  memberInWest = await insertMember(street.grids[0])
  memberInEast = await insertMember(street.grids[2])
})
afterAll(() => server.stop())

async function insertMember(areaId: string): Promise<string> {
  const id = uuid()
  await server.test.db.query('INSERT INTO members (id, code, name) VALUES ($1, $2, $3)', [id, id.slice(-8), '林小满'])
  await server.test.db.query("INSERT INTO posts (id, member_id, post, area_id) VALUES ($1, $2, 'gridMember', $3)", [
    uuid(),
    id,
    areaId,
  ])
  return id
}

const wanted = (more: Record<string, unknown> = {}) => ({
  signInName: `name-${uuid().slice(-8)}`,
  name: '新同事',
  role: 'dispatcher',
  scopeAreaIds: [street.communities[0]],
  memberId: null,
  departmentId: null,
  ...more,
})
const create = (client: TestClient, more: Record<string, unknown> = {}, key?: string) =>
  client.call('accounts.create', {
    body: wanted(more),
    headers: key ? { 'idempotency-key': key } : {},
  })
const change = (client: TestClient, id: string, body: Record<string, unknown>) =>
  client.call('accounts.change', { params: { id }, body })
const existing = (role: AccountRole, scope: string[]) => insertAccount(server.test.db, role, { scope })

it('creates an account that can then sign in by a link, and notes it in the audit log', async () => {
  const made = await create(communityAdmin, {
    signInName: '小林',
    name: '林小满',
    role: 'member',
    memberId: memberInWest,
  })
  expect(made.status).toBe(200)
  expect(made.body).toMatchObject({
    signInName: '小林',
    role: 'member',
    hasPassword: false,
    lastSeenAt: null,
    version: 1,
  })
  const link = await communityAdmin.call('accounts.link', { params: { id: made.body.id } })
  expect(link.body.url.startsWith(`${server.origin}/sign-in/`)).toBe(true)
  const client = await server.signIn({ id: made.body.id, signInName: '小林' })
  expect((await client.call('session.see')).body).toMatchObject({ name: '林小满', role: 'member' })
  const log = await communityAdmin.call('audit.list', { query: { limit: '20' } })
  const actions = log.body.map((entry: { action: string }) => entry.action)
  expect(actions).toContain('account.create')
  expect(actions).toContain('account.link')
})

it('answers a repeated create with the same account', async () => {
  const [body, key] = [wanted(), uuid()]
  const send = () => streetAdmin.call('accounts.create', { body, headers: { 'idempotency-key': key } })
  const [first, second] = [await send(), await send()]
  expect(first.status).toBe(200)
  expect(second.body).toEqual(first.body)
})

it('refuses a taken sign-in name in any case, and a second account for one person', async () => {
  await create(streetAdmin, { signInName: 'Zhang.San' })
  expect(await create(streetAdmin, { signInName: 'zhang.san' })).toMatchObject({
    status: 409,
    body: { fields: { signInName: 'taken' } },
  })
  expect((await create(streetAdmin, { role: 'gridLeader', memberId: memberInEast })).status).toBe(200)
  expect(await create(streetAdmin, { role: 'member', memberId: memberInEast })).toMatchObject({
    status: 409,
    body: { code: 'already_exists' },
  })
})

it.each(['streetAdmin', 'communityAdmin', 'department'])('a community administrator cannot make a %s', async (role) => {
  expect(await create(communityAdmin, { role })).toMatchObject({ status: 403, body: { code: 'not_allowed' } })
})

it('nobody makes a street administrator', async () => {
  expect((await create(streetAdmin, { role: 'streetAdmin' })).status).toBe(403)
})

const hidden = (field: string) => ({
  status: 422,
  body: { fields: { [field]: expect.stringContaining('not found') } },
})

it('hands out nothing outside its own area, in the words for what does not exist', async () => {
  for (const scopeAreaIds of [[street.street], [street.communities[1]], [street.grids[0], street.grids[3]], [uuid()]])
    expect(await create(communityAdmin, { scopeAreaIds })).toMatchObject(hidden('scopeAreaIds'))
  for (const memberId of [memberInEast, uuid()])
    expect(await create(communityAdmin, { role: 'member', memberId })).toMatchObject(hidden('memberId'))
  expect(await create(streetAdmin, { role: 'department', departmentId: uuid() })).toMatchObject(hidden('departmentId'))
})

it('asks who a member account is for, and which department', async () => {
  expect(await create(streetAdmin, { role: 'member' })).toMatchObject({
    status: 422,
    body: { fields: { memberId: expect.any(String) } },
  })
  expect(await create(streetAdmin, { role: 'department' })).toMatchObject({
    status: 422,
    body: { fields: { departmentId: expect.any(String) } },
  })
})

it('changes what it is asked and nothing else; an older version is refused with what stands now', async () => {
  const { id } = await existing('dispatcher', [street.communities[0]])
  const renamed = await change(communityAdmin, id, { name: '新名字', version: 1 })
  expect(renamed.body).toMatchObject({ name: '新名字', role: 'dispatcher', version: 2 })
  const late = await change(communityAdmin, id, { name: '晚了', version: 1 })
  expect(late).toMatchObject({
    status: 409,
    body: { code: 'version_conflict', current: { name: '新名字', version: 2 } },
  })
})

it('cannot change, disable or link itself, its peers or those above', async () => {
  const peer = await existing('communityAdmin', [street.communities[0]])
  for (const id of [communityAdmin.account.id, peer.id]) {
    expect((await change(communityAdmin, id, { isDisabled: true, version: 1 })).status).toBe(403)
    expect((await communityAdmin.call('accounts.link', { params: { id } })).status).toBe(403)
  }
  expect((await change(streetAdmin, streetAdmin.account.id, { name: '我', version: 1 })).status).toBe(403)
  const dispatcher = await existing('dispatcher', [street.communities[0]])
  expect((await change(communityAdmin, dispatcher.id, { role: 'communityAdmin', version: 1 })).status).toBe(403)
})

it('does not see accounts that reach beyond its area', async () => {
  const wide = await existing('dispatcher', [street.street])
  const across = await existing('dispatcher', [...street.communities])
  const listed = await communityAdmin.call('accounts.list')
  const ids = listed.body.map((account: { id: string }) => account.id)
  expect(ids).toContain(communityAdmin.account.id)
  for (const { id } of [wide, across, streetAdmin.account]) {
    expect(ids).not.toContain(id)
    expect((await change(communityAdmin, id, { name: 'x', version: 1 })).status).toBe(404)
    expect((await communityAdmin.call('accounts.link', { params: { id } })).status).toBe(404)
  }
})

it('a change of role or scope ends the sessions of the account, a new name does not', async () => {
  const client = await server.signInAs('dispatcher', { scope: [street.communities[0]] })
  const { id } = client.account
  const isIn = async () => (await client.call('session.see')).body !== null
  await change(communityAdmin, id, { name: '同一个人', version: 1 })
  expect(await isIn()).toBe(true)
  expect((await change(communityAdmin, id, { scopeAreaIds: [street.grids[0]], version: 2 })).body).toMatchObject({
    version: 3,
  })
  expect(await isIn()).toBe(false)
})

it('a disabled account is out at once and gets no link; enabled again, it may come back', async () => {
  const client = await server.signInAs('dispatcher', { scope: [street.communities[0]] })
  const { id } = client.account
  const unused = await server.newLink(client.account)
  await change(communityAdmin, id, { isDisabled: true, version: 1 })
  expect((await client.call('areas.list')).status).toBe(401)
  expect((await communityAdmin.call('accounts.link', { params: { id } })).status).toBe(403)
  const pressed = await fetch(unused, { method: 'POST', headers: { origin: server.origin }, redirect: 'manual' })
  expect(pressed.status).toBe(410)
  await change(communityAdmin, id, { isDisabled: false, version: 2 })
  expect((await communityAdmin.call('accounts.link', { params: { id } })).status).toBe(200)
})
