/** Real child processes of a few lines: kept running, given up at a failed first start, ended for good when asked. */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { keepRunning } from '../../../server/supervisor/keep-running.ts'
import { StartRefused } from '../../../server/supervisor/start-refused.ts'
import { watch } from '../../../server/supervisor/watchdog.ts'

const folder = mkdtempSync(join(tmpdir(), 'gelin-kept-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function script(text: string): () => ChildProcess {
  const path = join(folder, `${Math.random()}.cjs`)
  writeFileSync(path, text)
  return () => fork(path, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
}
const obedient = script(`
  process.on('message', (message) => message === 'stop' && process.exit(0))
  process.on('disconnect', () => process.exit(0))
  process.send({ type: 'ready' })`)

it('starts again what was killed, and says so', async () => {
  const said: string[] = []
  const kept = keepRunning('It', obedient, (line) => said.push(line))
  await kept.firstReady
  const first = kept.pid()
  expect(first).not.toBeNull()
  kept.kill()
  await expect.poll(() => kept.pid() !== first && kept.pid() !== null, { timeout: 20_000 }).toBe(true)
  expect(said).toEqual(['It ended (SIGKILL) and is started again.', 'It is back.'])
  await kept.stop(10_000)
  expect(kept.pid()).toBeNull()
  expect(said.length).toBe(2)
})

it('gives the child’s own reason when the first start fails', async () => {
  const failing = script(
    `process.send({ type: 'failed', message: 'The disk is full.' }); process.exitCode = 1; process.disconnect()`,
  )
  const kept = keepRunning('It', failing, () => {})
  await expect(kept.firstReady).rejects.toThrow(StartRefused)
  await expect(kept.firstReady).rejects.toThrow('The disk is full.')
  await kept.stop(10_000)
})

it('kills what does not obey', async () => {
  const kept = keepRunning('It', script(`process.on('message', () => {}); process.send({ type: 'ready' })`), () => {})
  await kept.firstReady
  await kept.stop(100)
  expect(kept.pid()).toBeNull()
})

it('kills a child that lives but never answers, so that it is started again', async () => {
  const said: string[] = []
  const kept = keepRunning('It', obedient, (line) => said.push(line))
  await kept.firstReady
  const first = kept.pid()
  const unwatch = watch(
    'It',
    kept,
    () => Promise.reject(new Error('silence')),
    (line) => said.push(line),
    20,
  )
  await expect.poll(() => kept.pid() !== first && kept.pid() !== null, { timeout: 20_000 }).toBe(true)
  unwatch()
  expect(said[0]).toMatch(/has not answered \d+ times in a row and is killed/)
  await kept.stop(10_000)
})
