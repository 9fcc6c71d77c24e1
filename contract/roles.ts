/**
 * The one policy table: role × action → how far it reaches, and in what detail.
 * HTTP routes, socket events and the fan-out all ask `grantFor`; serialisers ask it for the detail to show.
 * Deny by default: an action that is not listed does not exist (it is a type error to name it).
 */
import * as z from 'zod/mini'

export const roles = [
  'residentAnonymous',
  'residentVerified',
  'member',
  'gridLeader',
  'department',
  'dispatcher',
  'communityAdmin',
  'streetAdmin',
  'wall',
] as const
export const role = z.enum(roles)
export type Role = z.infer<typeof role>

/** Roles that a person can hold an account with. */
export const accountRoles = [
  'member',
  'gridLeader',
  'department',
  'dispatcher',
  'communityAdmin',
  'streetAdmin',
] as const
export const accountRole = z.enum(accountRoles)
export type AccountRole = z.infer<typeof accountRole>

/**
 * no: not at all (answered as not found) · own: the viewer's own record · assigned: records handed to the viewer or
 * the viewer's department · area: records inside the viewer's subtrees · all: everywhere.
 */
export type Reach = 'no' | 'own' | 'assigned' | 'area' | 'all'
/** full · masked: personal data masked · badge: surname and badge only · counts: aggregates only ·
 * snap20/snap50/snap100: places rounded to that many metres · band: a distance band only. */
export type Detail = 'full' | 'masked' | 'badge' | 'counts' | 'snap20' | 'snap50' | 'snap100' | 'band'
/** A cell of the table: reach, then detail when it is not full, then `!` when a reason must be given and is audited. */
export type Cell = Reach | `${Reach} ${Detail}` | `${Reach}!` | `${Reach} ${Detail}!`

export interface Grant {
  reach: Exclude<Reach, 'no'>
  detail: Detail
  needsReason: boolean
}

type Row = readonly [Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell]

/* One row an action; columns in the order of `roles`:
   resident anonymous, resident verified, member, grid leader, department, dispatcher, community admin, street admin, wall */
const table = {
  'base.see': ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],
  'postHolder.see': ['all badge', 'all badge', 'all badge', 'all badge', 'all badge', 'all', 'all', 'all', 'all badge'],
  'nearbyCases.see': [
    'all counts',
    'all counts',
    'all counts',
    'all counts',
    'no',
    'all counts',
    'all counts',
    'all counts',
    'all counts',
  ],
  'servicePoint.see': ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],

  'call.place': ['all', 'all', 'all', 'all', 'no', 'all', 'no', 'no', 'no'],
  'call.see': ['own', 'own', 'assigned', 'area', 'no', 'area', 'area', 'area', 'area snap50'],
  'call.cancel': ['own', 'own', 'no', 'no', 'no', 'area!', 'no', 'no', 'no'],
  'call.answer': ['no', 'no', 'own', 'own', 'no', 'no', 'no', 'no', 'no'],
  /** For somebody who cannot press himself: on the telephone, at the counter. */
  'call.onBehalf': ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'no', 'no'],
  'call.assign': ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'no', 'no'],

  'position.see': ['no', 'assigned snap20', 'own', 'area', 'no', 'area', 'area', 'area counts', 'area snap50'],
  'distance.see': ['all band', 'all band', 'no', 'area', 'no', 'area', 'area', 'all band', 'no'],
  'track.see': ['no', 'no', 'own', 'area!', 'no', 'area!', 'area!', 'no', 'no'],
  /** A member's own duty, trackers and position. */
  'duty.own': ['no', 'no', 'own', 'own', 'no', 'no', 'no', 'no', 'no'],
  'duty.forceEnd': ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'no', 'no'],
  /** Who is on duty, by name, and who of them is nearest. */
  'onDuty.see': ['no', 'no', 'own', 'area', 'no', 'area', 'area', 'no', 'no'],
  'nearest.ask': ['no', 'no', 'no', 'area', 'no', 'area', 'area', 'no', 'no'],

  'settings.manage': ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'area', 'no'],
  'gateway.manage': ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'area', 'no'],
  'fixRefusal.see': ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'area', 'no'],

  'area.see': ['no', 'no', 'area', 'area', 'no', 'area', 'area', 'area', 'area'],
  'building.see': ['no', 'no', 'area', 'area', 'no', 'area', 'area', 'area', 'no'],
  'member.see': ['no', 'no', 'area', 'area', 'no', 'area', 'area', 'area', 'area badge'],
  'memberPhone.see': ['no', 'no', 'area', 'area', 'no', 'area', 'area', 'area masked', 'no'],
  'residentPhone.see': [
    'own',
    'own',
    'assigned masked',
    'area masked',
    'assigned masked',
    'area',
    'area masked',
    'no',
    'no',
  ],

  'case.report': ['all', 'all', 'all', 'all', 'no', 'all', 'all', 'no', 'no'],
  'case.see': ['own', 'own', 'area', 'area', 'assigned', 'area', 'area', 'area masked', 'area snap50'],
  'case.dispatch': ['no', 'no', 'no', 'area', 'no', 'area', 'area', 'no', 'no'],
  'case.handle': ['no', 'own', 'assigned', 'area', 'assigned', 'area', 'area', 'no', 'no'],
  'case.verify': ['no', 'no', 'area', 'area', 'no', 'area', 'area', 'area', 'no'],
  'case.check': ['no', 'own', 'area', 'area', 'no', 'area', 'area', 'no', 'no'],
  'case.close': ['no', 'own', 'no', 'area', 'no', 'area', 'area', 'area', 'no'],

  'person.manage': ['no', 'no', 'no', 'no', 'no', 'no', 'area', 'area', 'no'],
  'account.manage': ['no', 'no', 'no', 'no', 'no', 'no', 'area', 'area', 'no'],
  'team.manage': ['no', 'no', 'no', 'no', 'no', 'no', 'area', 'area', 'no'],
  'placeCode.manage': ['no', 'no', 'no', 'no', 'no', 'no', 'area', 'area', 'no'],
  'servicePoint.manage': ['no', 'no', 'no', 'no', 'no', 'no', 'area', 'area', 'no'],
  'load.see': ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'area', 'no'],
  'load.run': ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'area', 'no'],
  'audit.see': ['no', 'own', 'own', 'no', 'no', 'no', 'area', 'area', 'no'],
  'timeLimit.see': ['no', 'all', 'all', 'all', 'all', 'all', 'all', 'all', 'no'],
  'timeLimit.manage': ['no', 'no', 'no', 'no', 'no', 'no', 'area', 'area', 'no'],
  'statistics.see': ['all counts', 'all counts', 'own', 'area', 'assigned', 'area', 'area', 'area', 'area counts'],
  'export.run': ['no', 'own', 'own', 'area counts', 'no', 'area!', 'area!', 'area masked!', 'no'],
  'wallToken.issue': ['no', 'no', 'no', 'no', 'no', 'no', 'area', 'area', 'no'],
  'wallToken.revoke': ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'area', 'no'],
  'session.use': ['no', 'all', 'all', 'all', 'all', 'all', 'all', 'all', 'all'],
} as const satisfies Record<string, Row>

export type Action = keyof typeof table
export const actions = Object.keys(table) as Action[]

/** What a role may do under an action; null when it may not at all. */
export const grantFor = (role: Role, action: Action): Readonly<Grant> | null => grants[action][role] ?? null

function grantOfCell(cell: Cell): Readonly<Grant> | null {
  const needsReason = cell.endsWith('!')
  const [reach, detail] = cell.replace('!', '').split(' ') as [Reach, Detail | undefined]
  return reach === 'no' ? null : Object.freeze({ reach, detail: detail ?? 'full', needsReason })
}

/** Worked out once: the fan-out and the nearest list ask many thousand times a second. */
const grants = Object.fromEntries(
  actions.map((action) => [
    action,
    Object.fromEntries(roles.map((role, column) => [role, grantOfCell(table[action][column] ?? 'no')])),
  ]),
) as Record<Action, Record<Role, Readonly<Grant> | null>>

/** Roles an administrator may hand out: never his own level or above. */
export const grantableRoles: Record<Role, readonly AccountRole[]> = {
  residentAnonymous: [],
  residentVerified: [],
  member: [],
  gridLeader: [],
  department: [],
  dispatcher: [],
  communityAdmin: ['member', 'gridLeader', 'dispatcher'],
  streetAdmin: ['member', 'gridLeader', 'department', 'dispatcher', 'communityAdmin'],
  wall: [],
}

/** "/" reaches everything; "/440311001/" reaches that subtree. */
export const EVERYWHERE = '/'

/** Whether a place on the tree (its path, or null for a record on no area) lies in any of the subtrees. */
export function isInScope(path: string | null, scope: readonly string[]): boolean {
  return scope.some((prefix) => (path ?? EVERYWHERE).startsWith(prefix))
}
