/** One-time links for a fresh installation, so that it has no default password. */
import type { AccountRole } from '#contract/roles'
import { ensureAdministrator } from '../accounts/first-administrator.ts'
import type { Database } from '../database/connect.ts'
import { createAuth } from './auth.ts'

export interface FirstLink {
  name: string
  role: AccountRole
  url: string
}

/** The desks a newcomer tries in the demo district. */
const DEMO_ROLES: readonly AccountRole[] = ['streetAdmin', 'dispatcher', 'member', 'department']

/**
 * Links for the administrator and, with the demo, for a dispatcher, a grid member and a department. Empty once anybody
 * has signed in: from then on links come from an administrator or from `npm run signin`.
 */
export async function createFirstLinks(
  db: Database,
  origin: string,
  { withDemo }: { withDemo: boolean },
): Promise<FirstLink[]> {
  const { links } = createAuth(db)
  if (await links.hasEverBeenUsed()) return []
  await ensureAdministrator(db)
  const made: FirstLink[] = []
  for (const { id, name, role } of await links.oneOfEach(withDemo ? DEMO_ROLES : ['streetAdmin'])) {
    const { url } = await links.create({ accountId: id, origin, actor: null, areaPath: null })
    made.push({ name, role, url })
  }
  return made
}
