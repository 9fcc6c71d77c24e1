/** What the console says when everything runs: the address, and on a first start the one-time sign-in links. */

import { createFirstLinks, type FirstLink } from '../auth/first-links.ts'
import { preferredOrigin } from '../auth/origin.ts'
import { roleNames } from '../auth/role-names.ts'
import type { Config } from '../config.ts'
import { type Address, connect } from '../database/connect.ts'
import { trialNotes } from '../tls/trial-notes.ts'

export async function welcome(config: Config, address: Address, port: number): Promise<string> {
  const origin = preferredOrigin(config, port)
  const db = connect(address, { max: 1 })
  const links = await createFirstLinks(db, origin, config).finally(() => db.close())
  return [
    `\n格邻 Gelin 已就绪 is ready:  ${origin}/\n`,
    ...(config.useTls ? await trialNotes(config, port) : []),
    ...(links.length > 0 ? firstLinks(links) : []),
    ...laterLinks,
  ].join('\n')
}

const firstLinks = (links: FirstLink[]) => [
  '首次登录链接，各用一次，30 分钟内有效  First sign-in links, each works once within 30 minutes:',
  ...links.map(({ name, role, url }) => `  ${roleNames[role]} · ${name}\n    ${url}`),
  '',
]

const laterLinks = [
  '新的登录链接  A new sign-in link:  npm run signin -- streetAdmin | dispatcher | …',
  '停止  To stop:  Ctrl-C\n',
]
