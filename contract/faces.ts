/** The pages people work on, and which of them a role comes home to when it signs in. */
import type { Role } from './roles.ts'

export const faceAddresses = { dispatch: '/dispatch/', field: '/field/' } as const
export type Face = keyof typeof faceAddresses

/** Those who walk, with a phone of their own in the pocket. */
export const fieldRoles = ['member', 'gridLeader'] as const satisfies readonly Role[]

export const homeFace = (role: Role): Face => ((fieldRoles as readonly Role[]).includes(role) ? 'field' : 'dispatch')
export const homeAddress = (role: Role) => faceAddresses[homeFace(role)]
