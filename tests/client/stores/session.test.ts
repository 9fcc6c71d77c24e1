import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { SessionView } from '#contract/accounts'
import { useSession } from '../../../client/stores/session.ts'

const view: SessionView = {
  accountId: 'a',
  name: '程雨涵',
  role: 'dispatcher',
  scope: [],
  hasPassword: true,
  asksCurrentPassword: true,
  isLocked: false,
  expiresAt: 0,
  idleLockMs: 1,
}

beforeEach(() => setActivePinia(createPinia()))
afterEach(() => vi.unstubAllGlobals())

it('lets nobody do anything before somebody is signed in', () => {
  const session = useSession()
  expect(session.isKnown).toBe(false)
  expect(session.may('case.see')).toBe(false)
})

it('asks the one policy table', () => {
  const session = useSession()
  session.apply(view)
  expect(session.may('case.report')).toBe(true)
  expect(session.may('load.run')).toBe(false)
  session.apply({ ...view, role: 'streetAdmin' })
  expect(session.may('load.run')).toBe(true)
})

it('follows what the server says about the lock and the end', () => {
  const session = useSession()
  session.apply({ ...view, isLocked: true })
  expect(session.isLocked).toBe(true)
  session.apply(null)
  expect(session.isLocked).toBe(false)
  expect(session.isKnown).toBe(true)
})

it('shows nobody while the server ends the session, and the person again when it could not', async () => {
  const answers = [Promise.reject(new Error('cut')), Promise.resolve(new Response('{}'))]
  const seenWhileAsking: unknown[] = []
  const session = useSession()
  vi.stubGlobal('fetch', () => {
    seenWhileAsking.push(session.session)
    return answers.shift()
  })
  session.apply(view)
  await expect(session.signOut()).rejects.toThrow('cut')
  expect(session.session).toEqual(view)
  await session.signOut()
  expect(session.session).toBeNull()
  expect(seenWhileAsking).toEqual([null, null])
})
