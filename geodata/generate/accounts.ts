/** Accounts to try the roles with. None has a password: the first start prints one-time links. */
import { STREET_CODE } from './areas.ts'
import { departmentCode } from './departments.ts'
import type { AccountRow, AreaRow, DepartmentRow, MemberRow, PostRow } from './district.ts'

/** The first account of every installation; it reaches everywhere. */
export const administrator: AccountRow = {
  signInName: 'admin',
  name: '街道管理员',
  role: 'streetAdmin',
  memberCode: null,
  departmentCode: null,
  scopeCodes: [null],
}

export function openAccounts(
  areas: AreaRow[],
  members: MemberRow[],
  posts: PostRow[],
  departments: DepartmentRow[],
): AccountRow[] {
  const community = areas.find(({ level }) => level === 'community')
  const grid = areas.find(({ level, parentCode }) => level === 'grid' && parentCode === community?.code)
  const holder = (post: PostRow['post'], areaCode: string | undefined) => {
    const found = posts.find((each) => each.post === post && each.areaCode === areaCode)
    return members.find(({ code }) => code === found?.memberCode)
  }
  const secretary = holder('communitySecretary', community?.code)
  const leader = holder('gridLeader', grid?.code)
  const member = holder('gridMember', grid?.code)
  const department = departments.find(({ code }) => code === departmentCode('cityManagement'))
  const person = (
    signInName: string,
    role: AccountRow['role'],
    who: MemberRow | undefined,
    scopeCode: string | undefined,
  ): AccountRow => ({
    signInName,
    name: who?.name ?? signInName,
    role,
    memberCode: who?.code ?? null,
    departmentCode: null,
    scopeCodes: [scopeCode ?? STREET_CODE],
  })
  return [
    administrator,
    { ...person('dispatcher', 'dispatcher', undefined, STREET_CODE), name: '派遣员' },
    person('community', 'communityAdmin', secretary, community?.code),
    person('leader', 'gridLeader', leader, grid?.code),
    person('member', 'member', member, grid?.code),
    {
      signInName: 'department',
      name: department?.name ?? 'department',
      role: 'department',
      memberCode: null,
      departmentCode: department?.code ?? null,
      scopeCodes: [STREET_CODE],
    },
  ]
}
