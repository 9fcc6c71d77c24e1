/** One holder a data directory: the living are respected, the dead are not. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  DataDirectoryBusy,
  findHolder,
  type Holder,
  lockPath,
  takeLock,
} from '../../../server/database/embedded/lock.ts'
import { createSocketDirectory, socketPath } from '../../../server/database/embedded/socket-directory.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gelin-lock-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const writeLock = (more: Partial<Holder>) => {
  const own = { pid: process.pid, bootId: null, startedAt: null, socketDir: '/x' }
  writeFileSync(lockPath(dataDir), JSON.stringify({ ...own, ...more }))
}

it('is held until it is given back', () => {
  const give = takeLock(dataDir, '/sockets')
  expect(findHolder(dataDir)).toMatchObject({ pid: process.pid, socketDir: '/sockets' })
  give()
  expect(findHolder(dataDir)).toBeNull()
  expect(readdirSync(dataDir)).toEqual([])
})

it('refuses a second holder, in a sentence that names the first', () => {
  const give = takeLock(dataDir, '/sockets')
  expect(() => takeLock(dataDir, '/other')).toThrow(DataDirectoryBusy)
  expect(() => takeLock(dataDir, '/other')).toThrow(`in use by process ${process.pid}`)
  expect(findHolder(dataDir)?.socketDir).toBe('/sockets')
  give()
})

it('is taken over from a process that died', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  writeLock({ pid: child.pid ?? 0 })
  expect(findHolder(dataDir)).toBeNull()
  takeLock(dataDir, '/sockets')()
})

it.each([
  ['an earlier boot', { bootId: 'another boot' }],
  ['an earlier process of the same number', { startedAt: '1' }],
])('is taken over from %s', (_, more) => {
  // What this process would write of itself, but for one thing.
  const give = takeLock(dataDir, '/sockets')
  const own = JSON.parse(readFileSync(lockPath(dataDir), 'utf8')) as Holder
  give()
  writeLock({ ...own, ...more })
  expect(findHolder(dataDir)).toBeNull()
  takeLock(dataDir, '/sockets')()
})

it('is taken over when it cannot be read', () => {
  writeFileSync(lockPath(dataDir), 'not a lock')
  takeLock(dataDir, '/sockets')()
})

it('keeps the socket’s path short enough for the system, and its directory shut', () => {
  expect(createSocketDirectory(dataDir)).toBe(join(dataDir, 'run'))
  const far = createSocketDirectory(join(dataDir, 'x'.repeat(120)))
  expect(Buffer.byteLength(socketPath(far))).toBeLessThanOrEqual(100)
  rmSync(far, { recursive: true })
})
