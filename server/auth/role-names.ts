/** Roles as server-made pages and the console name them, in both languages. */
import type { AccountRole } from '#contract/roles'

export const roleNames: Record<AccountRole, string> = {
  member: '网格员 Member',
  gridLeader: '网格长 Grid leader',
  department: '责任单位 Department',
  dispatcher: '派遣员 Dispatcher',
  communityAdmin: '社区管理员 Community administrator',
  streetAdmin: '街道管理员 Street administrator',
}
