/** `npm run dev`: Vite serves the pages as they are edited, and passes everything else on to the web process. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { settlePort } from './port.ts'
import type { Progress } from './progress.ts'
import type { Shutdown } from './shutdown.ts'

const PORT = 5_173

/** Returns the origins its pages come from. */
export async function startDevServer(
  root: string,
  webPort: number,
  progress: Progress,
  shutdown: Shutdown,
): Promise<string[]> {
  const step = progress.step('Vite')
  await settlePort('127.0.0.1', PORT)
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const child = spawn(process.execPath, [vite, '--host', '127.0.0.1', '--port', String(PORT), '--strictPort'], {
    cwd: root,
    env: { ...process.env, PORT: String(webPort) },
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  shutdown.before(() => void child.kill())
  const origin = `http://127.0.0.1:${PORT}`
  step.done(origin)
  return [origin, `http://localhost:${PORT}`]
}
