/** The embedded database's process, as its parent sees it. */
import type { ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { endChild, forkEntry, whenReady } from '../../child-process.ts'
import { createSocketDirectory } from './socket-directory.ts'

const entry = fileURLToPath(new URL('./child.ts', import.meta.url))
/** Closing writes a checkpoint, which takes well under a second; longer than this and something is wrong. */
const STOP_WITHIN_MS = 6_000

/** `socketDir` comes from the parent, so that it is known before the database answers and is kept over restarts. */
export const forkEmbedded = (dataDir: string, socketDir: string): ChildProcess => forkEntry(entry, [dataDir, socketDir])

/** Starts one for as long as the caller needs it. Throws with the reason when it cannot open. */
export async function startEmbedded(dataDir: string): Promise<{ socketDir: string; stop: () => Promise<void> }> {
  const socketDir = createSocketDirectory(dataDir)
  const child = forkEmbedded(dataDir, socketDir)
  const stop = async () => {
    await endChild(child, STOP_WITHIN_MS)
    rmSync(socketDir, { recursive: true, force: true })
  }
  await whenReady(child).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return { socketDir, stop }
}
