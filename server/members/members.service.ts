/** The roster: who is on it, page by page, and keeping it. */
import { v7 as uuid } from 'uuid'
import type { Member, MemberWrite } from '#contract/members'
import { type Grant, grantFor } from '#contract/roles'
import { commonPath } from '../audit/audit.ts'
import type { Audited } from '../audit/audited.ts'
import { scopeUnder } from '../auth/reach.ts'
import type { Viewer } from '../auth/viewer.ts'
import { insertNumbered, recordCode } from '../database/numbered.ts'
import { notFound, versionConflict } from '../errors.ts'
import type { Command } from '../serve.ts'
import { memberFor } from './member-audience.ts'
import type { MemberChangesQueries } from './member-changes.queries.ts'
import { keptPhone, outOfSight, refuseForeignPosts } from './member-rules.ts'
import type { MemberFilter, MemberRow, MembersQueries } from './members.queries.ts'

const PAGE = 100

export interface MembersParts {
  queries: MembersQueries
  change: Audited<MemberChangesQueries>
}
export interface MemberPage {
  q?: string
  areaId?: string
  after?: string
  limit?: number
}
export type MemberUpdate = MemberWrite & { isActive: boolean; version: number }

export function createMembersService({ queries, change }: MembersParts) {
  /** The whole scope, or the part of it that is one area's subtree. */
  async function narrowed(scope: readonly string[], areaId: string | undefined): Promise<readonly string[]> {
    if (areaId === undefined) return scope
    const path = await queries.areaPath(areaId, scope)
    if (path === null) throw notFound('This area')
    return [path]
  }

  return {
    async list(viewer: Viewer, grant: Grant, page: MemberPage) {
      const filter: MemberFilter = {
        scope: await narrowed(scopeUnder(grant, viewer), page.areaId),
        // Who reads surnames only must not find out the rest of a name by trying.
        typed: grant.detail === 'full' ? (page.q ?? null) : null,
        byPhone: grantFor(viewer.role, 'memberPhone.see')?.detail === 'full',
        withInactive: grantFor(viewer.role, 'person.manage') !== null,
      }
      const limit = page.limit ?? PAGE
      const [rows, total] = await Promise.all([
        queries.list(filter, page.after ?? null, limit + 1),
        queries.count(filter),
      ])
      const shown = rows.slice(0, limit)
      return {
        members: shown.map((row) => memberFor(viewer, row)),
        total,
        next: rows.length > limit ? (shown.at(-1)?.code ?? null) : null,
      }
    },

    async see(viewer: Viewer, grant: Grant, id: string): Promise<Member> {
      return memberFor(viewer, await mustFind(queries, id, scopeUnder(grant, viewer)))
    },

    create: (viewer: Viewer, grant: Grant, wanted: MemberWrite, command: Command | null): Promise<Member> =>
      change(({ queries: tx, audit, once }) =>
        once(command, async () => {
          const scope = scopeUnder(grant, viewer)
          await refuseForeignPosts(tx, scope, wanted, [])
          const id = uuid()
          const values = { ...wanted, phone: keptPhone(wanted.phone, null) }
          await insertNumbered(
            async () => recordCode('M', await tx.nextNumber()),
            (code) => tx.insert(id, code, values),
          )
          await tx.setPosts(id, withIds(wanted), scope)
          const made = await tx.find(id, scope)
          if (!made) throw outOfSight()
          await audit({ actor: viewer, action: 'member.create', ...placeOf(made), detail: summary(made) })
          return memberFor(viewer, made)
        }),
      ),

    change: (viewer: Viewer, grant: Grant, id: string, wanted: MemberUpdate): Promise<Member> =>
      change(async ({ queries: tx, audit }) => {
        const scope = scopeUnder(grant, viewer)
        const before = await mustFind(tx, id, scope)
        await refuseForeignPosts(tx, scope, wanted, before.posts)
        const values = { ...wanted, phone: keptPhone(wanted.phone, before.phone) }
        if (!(await tx.update(id, wanted.version, values)))
          throw versionConflict('this person', memberFor(viewer, await mustFind(tx, id, scope)))
        await tx.setPosts(id, withIds(wanted), scope)
        const after = await tx.find(id, scope)
        if (!after) throw outOfSight()
        const detail = { before: summary(before), after: summary(after) }
        await audit({ actor: viewer, action: 'member.change', ...placeOf(before), detail })
        return memberFor(viewer, after)
      }),

    /** Which of these people are on the active roster of a scope. */
    activeAmong: (ids: readonly string[], scope: readonly string[]) => queries.activeAmong(ids, scope),
  }
}
export type MembersService = ReturnType<typeof createMembersService>

async function mustFind(queries: MembersQueries, id: string, scope: readonly string[]): Promise<MemberRow> {
  const row = await queries.find(id, scope)
  if (!row) throw notFound('This person')
  return row
}

const withIds = ({ posts }: MemberWrite) => posts.map((post) => ({ ...post, id: uuid() }))

const placeOf = ({ id, posts, path }: MemberRow) => ({
  resource: 'member',
  resourceId: id,
  areaPath: commonPath(posts.map((post) => post.path)) ?? path,
})

const summary = ({ code, name, badge, isPartyMember, skills, posts, isActive }: MemberRow) => ({
  code,
  name,
  badge,
  isPartyMember,
  skills,
  posts: posts.map(({ post, areaName }) => `${post} ${areaName}`),
  isActive,
})
