/** Duty 在岗: positions are taken while it lasts, and never otherwise. */
import * as z from 'zod/mini'
import { caseReport } from './cases.ts'
import { positionSourceNames } from './positions.ts'
import { requiredText } from './text.ts'

/** The text a member agrees to has a version; a new text asks again. */
export const DUTY_NOTICE_VERSION = 1
/** A forgotten duty ends by itself. */
export const LONGEST_DUTY_MS = 12 * 3_600_000
/** Raw positions are deleted after this. */
export const RAW_POSITIONS_KEPT_MS = 7 * 86_400_000

/** Someone on duty, as screens list and draw him. */
export const dutyPerson = z.object({
  memberId: z.string(),
  /** What position frames call him; another one each duty, the same one over a restart. */
  handle: z.number(),
  name: z.string(),
  badge: z.nullable(z.string()),
  isPartyMember: z.boolean(),
  isGridLeader: z.boolean(),
  skills: z.array(z.string()),
  areaId: z.nullable(z.string()),
  /** Teams he leads, by name and kind: their mark stands at his fix. */
  leads: z.array(z.object({ teamId: z.string(), name: z.string(), kind: z.string(), people: z.number() })),
  startedAt: z.number(),
})
export type DutyPerson = z.infer<typeof dutyPerson>

/** Who can end a duty; kept with it. */
export const dutyEnders = ['self', 'dispatcher', 'gateway', 'tooLong'] as const
export type DutyEnder = (typeof dutyEnders)[number]

/** A member's own view of his duty. */
export const ownDuty = z.object({
  /** Himself on the roster; the area is where he leads or serves. */
  member: z.object({
    id: z.string(),
    name: z.string(),
    badge: z.nullable(z.string()),
    areaId: z.nullable(z.string()),
    isGridLeader: z.boolean(),
  }),
  isOn: z.boolean(),
  startedAt: z.nullable(z.number()),
  endsAt: z.nullable(z.number()),
  /** How the duty before this moment ended; null while on duty, or before the first. */
  lastEnd: z.nullable(z.object({ at: z.number(), by: z.enum(dutyEnders) })),
  noticeVersion: z.number(),
  /** The version he agreed to, null if never. */
  agreedVersion: z.nullable(z.number()),
  lastFixAt: z.nullable(z.number()),
  /** null before the first fix. */
  reportsEveryMs: z.nullable(z.number()),
})
export type OwnDuty = z.infer<typeof ownDuty>

export const pairedDevice = z.object({
  id: z.string(),
  source: z.enum(['owntracks', 'osmand']),
  name: z.string(),
  reportsEveryMs: z.number(),
  pairedAt: z.number(),
  seenAt: z.nullable(z.number()),
})
export type PairedDevice = z.infer<typeof pairedDevice>

export const deviceWrite = z.strictObject({
  source: z.enum(['owntracks', 'osmand']),
  name: requiredText(40),
  reportsEverySeconds: z.int().check(z.gte(1), z.lte(3_600)),
})

/** Shown once: what the tracker app scans or types. */
export const devicePairing = z.object({
  device: pairedDevice,
  secret: z.string(),
  url: z.string(),
  /** What another phone scans. */
  qr: z.string(),
  /** Opens the app on the phone that shows it. */
  link: z.string(),
})
export type DevicePairing = z.infer<typeof devicePairing>

/** Another system that delivers positions for many devices under one key. */
export const gateway = z.object({
  id: z.string(),
  name: z.string(),
  reportsEveryMs: z.number(),
  createdAt: z.number(),
  /** When its key was last used; null = never. */
  seenAt: z.nullable(z.number()),
  /** Devices bound to members. */
  deviceCount: z.number(),
})
export type Gateway = z.infer<typeof gateway>

export const gatewayWrite = z.strictObject({
  name: requiredText(40),
  reportsEverySeconds: z.int().check(z.gte(1), z.lte(3_600)),
})
/** The key is shown once. */
export const gatewayCreated = z.object({ gateway, key: z.string() })
export const MAX_GATEWAY_DEVICES = 300_000
/** Which member, by his roster code, each device name stands for. */
export const gatewayBinding = z.strictObject({
  devices: z
    .array(z.strictObject({ device: requiredText(100), memberCode: requiredText(40) }))
    .check(z.maxLength(MAX_GATEWAY_DEVICES)),
})

/** One of a gateway's devices and whom it stands for. */
export const boundDevice = z.object({ device: z.string(), memberCode: z.string(), memberName: z.string() })
export type BoundDevice = z.infer<typeof boundDevice>

/** What a gateway may say besides positions, under its key. */
export const gatewayDuty = z.strictObject({ device: requiredText(100), isOn: z.boolean() })
export const gatewayCase = z.strictObject({ device: requiredText(100), case: caseReport })

export const track = z.object({
  memberId: z.string(),
  /** [time ms, longitude, latitude, accuracy in metres or null], oldest first. */
  fixes: z.array(z.tuple([z.number(), z.number(), z.number(), z.nullable(z.number())])),
})

/** Who looked at a member's track, or was refused. */
export const trackLook = z.object({
  at: z.number(),
  by: z.string(),
  reason: z.nullable(z.string()),
  wasRefused: z.boolean(),
})

export const refusalCount = z.object({
  hour: z.number(),
  source: z.enum(positionSourceNames),
  reason: z.string(),
  count: z.number(),
})
export type RefusalCount = z.infer<typeof refusalCount>
