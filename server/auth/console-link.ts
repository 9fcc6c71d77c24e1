/** A sign-in link for whoever sits at the server's console. */
import type { LinkAccount } from './sign-in-links.queries.ts'
import type { SignInLinksService } from './sign-in-links.service.ts'

export interface ConsoleAnswer {
  isMade: boolean
  /** What to print. */
  text: string
}

/** `wanted`: a sign-in name, a shown name or a role. `fallbackOrigin`: where links lead before the server ever ran. */
export async function consoleLink(
  links: SignInLinksService,
  wanted: string,
  fallbackOrigin: string,
): Promise<ConsoleAnswer> {
  const found = wanted === '' ? [] : await links.findAccounts(wanted)
  const [account] = found
  if (!account) return { isMade: false, text: none(wanted) }
  // A sign-in name is unique and found first; a shown name or a role may be anybody's.
  const isNamed = account.signInName.toLowerCase() === wanted.toLowerCase()
  if (found.length > 1 && !isNamed) return { isMade: false, text: several(wanted, found) }
  const origin = (await links.homeOrigin()) ?? fallbackOrigin
  const { url } = await links.create({ accountId: account.id, origin, actor: null, areaPath: null })
  const text = `${account.name} (${account.role})\n一次有效，30 分钟内  Works once, within 30 minutes:\n${url}`
  return { isMade: true, text }
}

const USAGE = 'npm run signin -- NAME|ROLE   (for example: npm run signin -- admin)'

const none = (wanted: string) =>
  wanted === ''
    ? `用法  Usage: ${USAGE}`
    : `没有名为“${wanted}”或担任该角色的启用账号。\nNo active account is called "${wanted}" or has that role.\n${USAGE}`

function several(wanted: string, found: readonly LinkAccount[]): string {
  const lines = found.map(({ signInName, name, role }) => `  ${signInName}  ${name}  (${role})`)
  return `“${wanted}”对应多个账号，请用登录名。\nSeveral accounts match "${wanted}". Give one of these sign-in names:\n${lines.join('\n')}`
}
