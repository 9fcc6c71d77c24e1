/** `npm run dev`: the web process is started anew when a source of the server changes. */
import { type FSWatcher, watch } from 'node:fs'
import { join } from 'node:path'
import type { Kept } from './keep-running.ts'

/** An editor saves, and a branch switches, many files at once. */
const SETTLED_AFTER_MS = 300

/** Returns what ends the watch. */
export function restartOnChange(root: string, folders: readonly string[], kept: Pick<Kept, 'kill'>): () => void {
  let timer: NodeJS.Timeout | undefined
  const onChange = (_event: string, name: string | null) => {
    if (!name?.endsWith('.ts')) return
    clearTimeout(timer)
    timer = setTimeout(() => kept.kill(), SETTLED_AFTER_MS)
  }
  const watchers: FSWatcher[] = folders.map((folder) => watch(join(root, folder), { recursive: true }, onChange))
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
