/** One-time sign-in links: made by an administrator or at the console, pressed once. */
import type { AccountRole } from '#contract/roles'
import type { Audited } from '../audit/audited.ts'
import { Refusal } from '../errors.ts'
import type { AuthQueries } from './auth.queries.ts'
import { type Begun, beginSession } from './begin-session.ts'
import { LINK_MS } from './lifetimes.ts'
import { hashSecret, newSecret } from './secrets.ts'
import type { Viewer } from './viewer.ts'

export interface LinkRequest {
  accountId: string
  origin: string
  /** Who asked; null = whoever sits at the server's console. */
  actor: Viewer | null
  /** Where the account belongs, for the audit log; null = the whole installation. */
  areaPath: string | null
}

export function createSignInLinksService({ queries, change }: { queries: AuthQueries; change: Audited<AuthQueries> }) {
  return {
    /** A link that signs one account in, once, within 30 minutes. Earlier links and sessions stay as they are. */
    async create({ accountId, origin, actor, areaPath }: LinkRequest): Promise<{ url: string; expiresAt: number }> {
      const token = newSecret()
      const expiresAt = await change(async (tx) => {
        await tx.queries.links.sweep()
        const at = await tx.queries.links.create(hashSecret(token), accountId, LINK_MS)
        await tx.audit({
          actor,
          action: 'account.link',
          resource: 'account',
          resourceId: accountId,
          areaPath,
          detail: {},
        })
        return at
      })
      return { url: `${origin}/sign-in/${token}`, expiresAt }
    },

    /** Whose link it is, for the page that asks for the press; refused when unknown or spent. */
    async read(token: string) {
      const link = await queries.links.find(hashSecret(token))
      if (!link) throw new Refusal('link_unknown', 'This sign-in link is not known here. Ask for a new one.')
      if (link.isSpent) throw spent()
      return link
    },

    /** Uses a link up and starts a session. `replaces`: the session secret this browser came with. */
    async consume(token: string, replaces: string | null): Promise<Begun> {
      const begun = await change(async (tx) => {
        const proof = await tx.queries.links.consume(hashSecret(token))
        return proof && beginSession(tx, { ...proof, by: 'link', replaces })
      })
      if (begun) return begun
      await this.read(token)
      throw spent()
    },

    /** Active accounts by sign-in name, shown name or role. */
    findAccounts: (nameOrRole: string) => queries.links.findAccounts(nameOrRole),
    oneOfEach: (roles: readonly AccountRole[]) => queries.links.oneOfEach(roles),
    hasEverBeenUsed: () => queries.links.hasEverBeenUsed(),
    /** The running server notes where it is reached, so that links made at the console lead there. */
    noteHomeOrigin: (origin: string) => queries.links.setHomeOrigin(origin),
    homeOrigin: () => queries.links.homeOrigin(),
  }
}
export type SignInLinksService = ReturnType<typeof createSignInLinksService>

const spent = () => new Refusal('link_spent', 'This sign-in link was used or has run out. Ask for a new one.')
