/** Accounts and sessions: who may sign in, as what, and for which subtrees. */
import * as z from 'zod/mini'
import { accountRole, role } from './roles.ts'
import { requiredText } from './text.ts'

export const sessionView = z.object({
  accountId: z.string(),
  name: z.string(),
  role,
  /** Areas whose subtrees this session reaches; empty = everywhere. */
  scope: z.array(z.object({ areaId: z.string(), name: z.string() })),
  hasPassword: z.boolean(),
  /** Changing the password needs the current one. A session fresh from a one-time link may do without. */
  asksCurrentPassword: z.boolean(),
  isLocked: z.boolean(),
  /** The session ends at this instant whatever happens, milliseconds since the epoch. */
  expiresAt: z.number(),
  /** A session at a desk locks after this long without activity; null on a phone, which has a lock of its own. */
  idleLockMs: z.nullable(z.number()),
})
export type SessionView = z.infer<typeof sessionView>

/** Sign-in names: what an administrator types; compared without case. */
export const signInName = z.string().check(z.regex(/^[\p{L}\p{N}._-]{1,40}$/u))

/** 12..200 characters; blanks alone are refused before any look-up. */
export const newPassword = z.string().check(
  z.minLength(12),
  z.maxLength(200),
  z.refine((value) => value.trim().length >= 12, 'at least 12 characters that are not blank'),
)

export const passwordSignIn = z.strictObject({
  name: signInName,
  password: z.string().check(z.minLength(1), z.maxLength(200)),
})
export const passwordChange = z.strictObject({
  current: z.nullable(z.string().check(z.maxLength(200))),
  next: newPassword,
})

export const account = z.object({
  id: z.string(),
  signInName: z.string(),
  name: z.string(),
  role: accountRole,
  scope: z.array(z.object({ areaId: z.string(), name: z.string() })),
  memberId: z.nullable(z.string()),
  departmentId: z.nullable(z.string()),
  hasPassword: z.boolean(),
  isDisabled: z.boolean(),
  lastSeenAt: z.nullable(z.number()),
  version: z.number(),
})
export type Account = z.infer<typeof account>

export const accountCreate = z.strictObject({
  signInName,
  name: requiredText(40),
  role: accountRole,
  scopeAreaIds: z.array(z.uuid()).check(z.minLength(1), z.maxLength(50)),
  memberId: z.nullable(z.uuid()),
  departmentId: z.nullable(z.uuid()),
})
export type AccountCreate = z.infer<typeof accountCreate>

export const accountChange = z.strictObject({
  name: z.optional(requiredText(40)),
  role: z.optional(accountRole),
  scopeAreaIds: z.optional(z.array(z.uuid()).check(z.minLength(1), z.maxLength(50))),
  isDisabled: z.optional(z.boolean()),
  version: z.int(),
})
export type AccountChange = z.infer<typeof accountChange>

export const signInLink = z.object({ url: z.string(), expiresAt: z.number() })
