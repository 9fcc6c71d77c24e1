/** Coming back in the cases in which the socket library does not. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LiveSocket } from '../../../client/live/connect.ts'
import { keepConnected } from '../../../client/live/keep-connected.ts'

function fakeSocket() {
  const listeners = new Map<string, (argument?: unknown) => void>()
  const socket = {
    connected: false,
    active: false,
    connect: vi.fn(),
    disconnect: vi.fn(),
    on: (name: string, listener: (argument?: unknown) => void) => listeners.set(name, listener),
  }
  return { socket, tell: (name: string, argument?: unknown) => listeners.get(name)?.(argument) }
}

function kept() {
  const { socket, tell } = fakeSocket()
  const told = { onConnect: vi.fn(), onLost: vi.fn(), onNotSignedIn: vi.fn() }
  const link = keepConnected(socket as unknown as LiveSocket, told)
  return { socket, tell, told, link }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('comes back after the server sent it away', () => {
  const { socket, tell, told, link } = kept()
  link.open()
  tell('disconnect')
  expect(told.onLost).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(10_000)
  expect(socket.connect).toHaveBeenCalledTimes(2)
})

it('leaves the trying to the library while that is at it', () => {
  const { socket, tell, link } = kept()
  link.open()
  socket.active = true
  tell('disconnect')
  vi.advanceTimersByTime(60_000)
  expect(socket.connect).toHaveBeenCalledTimes(1)
})

it('asks who is here when the server knows nobody, and does not try on', () => {
  const { socket, tell, told, link } = kept()
  link.open()
  tell('connect_error', new Error('not_signed_in'))
  vi.advanceTimersByTime(60_000)
  expect(told.onNotSignedIn).toHaveBeenCalledTimes(1)
  expect(socket.connect).toHaveBeenCalledTimes(1)
})

it('stays away after it was closed', () => {
  const { socket, tell, told, link } = kept()
  link.open()
  link.comeBackAfter(1_000)
  link.close()
  tell('disconnect')
  vi.advanceTimersByTime(60_000)
  expect(told.onLost).not.toHaveBeenCalled()
  expect(socket.connect).toHaveBeenCalledTimes(1)
})
