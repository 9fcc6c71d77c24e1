import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { hashOfSources } from '../../../server/supervisor/client-build.ts'

const root = mkdtempSync(join(tmpdir(), 'gelin-sources-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const write = (path: string, text: string) => writeFileSync(join(root, path), text)

it('changes with every source of the pages, and with nothing else', () => {
  mkdirSync(join(root, 'client/map'), { recursive: true })
  mkdirSync(join(root, 'server'))
  write('client/map/layer.ts', 'one')
  const hash = hashOfSources(root)
  write('server/main.ts', 'anything')
  expect(hashOfSources(root)).toBe(hash)
  const seen = new Set([hash])
  write('client/map/layer.ts', 'two')
  seen.add(hashOfSources(root))
  write('client/map/new.ts', '')
  seen.add(hashOfSources(root))
  write('vite.config.ts', 'config')
  seen.add(hashOfSources(root))
  write('package-lock.json', '{}')
  expect(seen.add(hashOfSources(root)).size).toBe(5)
})
