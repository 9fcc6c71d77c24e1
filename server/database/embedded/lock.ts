/**
 * One process per data directory: a lock file that says who holds it and where its socket is.
 * The database engine itself does not notice a second opener, and two openers destroy the data.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Holder {
  pid: number
  /** Changes with every boot of the machine; null where the system does not tell. */
  bootId: string | null
  /** Tells a process from a later one that was given the same id; null where the system does not tell. */
  startedAt: string | null
  socketDir: string
}

export class DataDirectoryBusy extends Error {}

export const lockPath = (dataDir: string) => join(dataDir, 'database.lock')

/** Who holds the data directory now, or null when nobody alive does. */
export function findHolder(dataDir: string): Holder | null {
  const holder = readLock(lockPath(dataDir))
  return holder && isAlive(holder) ? holder : null
}

/**
 * Takes the lock, also over one that a dead process or an earlier boot left behind; returns what gives it back.
 * Throws DataDirectoryBusy when a living process holds it.
 */
export function takeLock(dataDir: string, socketDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const path = lockPath(dataDir)
  const own: Holder = { pid: process.pid, ...identityOf(process.pid), socketDir }
  // Written aside and linked, so that nobody ever reads a half-written lock; link fails when the name exists.
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 })
  try {
    if (!tryLink(draft, path)) {
      setStaleAside(path, dataDir)
      if (!tryLink(draft, path)) throw busy(dataDir)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  if (readLock(path)?.pid !== process.pid) throw busy(dataDir)
  return () => {
    if (readLock(path)?.pid === process.pid) rmSync(path, { force: true })
  }
}

/** Moves a dead holder's lock away; one that a quicker process took meanwhile is put back. */
function setStaleAside(path: string, dataDir: string): void {
  if (findHolder(dataDir)) throw busy(dataDir)
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  const moved = readLock(aside)
  if (moved && isAlive(moved)) tryLink(aside, path)
  rmSync(aside, { force: true })
}

function busy(dataDir: string): DataDirectoryBusy {
  const holder = readLock(lockPath(dataDir))
  const who = holder ? `process ${holder.pid}` : 'another process'
  return new DataDirectoryBusy(
    `The data directory ${dataDir} is in use by ${who}. Stop that one first, or set DATA_DIR to another directory.`,
  )
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function readLock(path: string): Holder | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof value === 'object' && value !== null && 'pid' in value ? (value as Holder) : null
  } catch {
    return null
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: it lives, under another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const now = identityOf(holder.pid)
  return now.bootId === holder.bootId && now.startedAt === holder.startedAt
}

function identityOf(pid: number): { bootId: string | null; startedAt: string | null } {
  return {
    bootId: readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? null,
    // Field 22 of stat, counted after the command name, which may itself hold spaces and brackets.
    startedAt: readOrNull(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')[19] ?? null,
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
