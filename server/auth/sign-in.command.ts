/** `npm run signin -- NAME|ROLE`: prints a fresh one-time sign-in link. */
import { parseArgs } from 'node:util'
import { ConfigError, readConfig } from '../config.ts'
import { withDatabase } from '../database/open.ts'
import { createAuth } from './auth.ts'
import { consoleLink } from './console-link.ts'
import { preferredOrigin } from './origin.ts'

const wanted = parseArgs({ strict: false, allowPositionals: true }).positionals.join(' ').trim()

try {
  const config = readConfig()
  const { isMade, text } = await withDatabase(config, (db) =>
    consoleLink(createAuth(db).links, wanted, preferredOrigin(config, config.port)),
  )
  if (isMade) console.log(text)
  else console.error(text)
  process.exitCode = isMade ? 0 : 1
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
