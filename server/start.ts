/** `npm start`, `npm run dev` (--dev) and `npm run build` (--build-only). */
import { fileURLToPath } from 'node:url'
import { ConfigError, readConfig } from './config.ts'
import { createProgress } from './supervisor/progress.ts'
import { StartRefused } from './supervisor/start-refused.ts'
import { buildPages, supervise } from './supervisor/supervise.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

try {
  if (process.argv.includes('--build-only')) await buildPages(root, createProgress(1))
  else await supervise(readConfig(), root)
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof StartRefused)) throw error
  console.error(error.message)
  process.exit(1)
}
