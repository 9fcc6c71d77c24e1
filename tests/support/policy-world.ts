/** A street in which every role has something that is its and something that is not. */
import type { AccountRole } from '../../contract/roles.ts'
import { insertAccount } from './accounts.ts'
import {
  insertBuilding,
  insertCase,
  insertDepartment,
  insertMember,
  insertServicePoint,
  insertStreet,
  insertTeam,
  middleOf,
  type StreetIds,
} from './builders.ts'
import type { TestClient, TestServer } from './server.ts'

/** in: within the viewer's reach (west community, or his own, or assigned to him); out: the other one. */
export type Where = 'in' | 'out'
export const wheres = ['in', 'out'] as const

export interface PolicyWorld {
  server: TestServer
  street: StreetIds
  community: Record<Where, string>
  grid: Record<Where, string>
  place: Record<Where, [number, number]>
  building: Record<Where, string>
  member: Record<Where, string>
  case: Record<Where, string>
  /** in: handed to the department of the department account, but lying in the east; out: the reverse. */
  departmentCase: Record<Where, string>
  department: Record<Where, string>
  clients: Record<AccountRole, TestClient>
  /** Records that a write may change, fresh for each try. */
  fresh: {
    servicePoint(where: Where): Promise<string>
    member(where: Where): Promise<string>
    team(where: Where): Promise<string>
    account(where: Where): Promise<string>
    client(role: AccountRole): Promise<TestClient>
  }
}

export async function buildPolicyWorld(server: TestServer): Promise<PolicyWorld> {
  const { db } = server.test
  const street = await insertStreet(db)
  const community = { in: street.communities[0], out: street.communities[1] }
  const grid = { in: street.grids[0], out: street.grids[2] }
  const place = { in: middleOf(0, 0), out: middleOf(2, 0) }
  const both = async (make: (where: Where) => Promise<string>) => ({ in: await make('in'), out: await make('out') })

  const member = (where: Where) =>
    insertMember(db, { name: `成员${where}` }, [{ post: 'gridLeader', area_id: grid[where] }])
  const building = (where: Where) =>
    insertBuilding(db, { name: `${where} 号楼`, area_id: grid[where], centre: place[where] })
  const caseIn = (where: Where, departmentId: string | null = null) =>
    insertCase(db, { area_id: grid[where], position: place[where], department_id: departmentId })
  const department = await both(() => insertDepartment(db))
  const members = await both(member)

  const options = (role: AccountRole) => ({
    scope: [community.in],
    departmentId: role === 'department' ? department.in : null,
  })
  const client = async (role: AccountRole, memberId: string | null = null) =>
    server.signInAs(role, { ...options(role), memberId })

  return {
    server,
    street,
    community,
    grid,
    place,
    department,
    member: members,
    building: await both(building),
    case: await both(caseIn),
    departmentCase: { in: await caseIn('out', department.in), out: await caseIn('in', department.out) },
    clients: {
      member: await client('member', members.in),
      gridLeader: await client('gridLeader', await member('in')),
      department: await client('department'),
      dispatcher: await client('dispatcher'),
      communityAdmin: await client('communityAdmin'),
      streetAdmin: await client('streetAdmin'),
    },
    fresh: {
      servicePoint: (where) => insertServicePoint(db, { area_id: grid[where], position: place[where] }),
      member,
      team: async (where) => insertTeam(db, { area_id: grid[where], leader_id: members[where] }, [members[where]]),
      account: async (where) => (await insertAccount(db, 'dispatcher', { scope: [community[where]] })).id,
      client,
    },
  }
}
