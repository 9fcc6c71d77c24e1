import { expect, it } from 'vitest'
import { createGate } from '../../server/auth/gate.ts'

/** Work that ends when it is told to. */
function heldWork() {
  const releases: (() => void)[] = []
  let inside = 0
  let most = 0
  return {
    work: async () => {
      most = Math.max(most, ++inside)
      await new Promise<void>((resolve) => releases.push(resolve))
      inside--
    },
    releaseOne: async () => {
      releases.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    },
    most: () => most,
  }
}

it('lets two in, keeps the rest waiting in order, and turns away who finds the queue full', async () => {
  const gate = createGate({ atOnce: 2, waiting: 3, message: 'full' })
  const held = heldWork()
  const admitted = Array.from({ length: 5 }, () => gate(held.work))
  await expect(gate(held.work)).rejects.toMatchObject({ code: 'too_busy', message: 'full' })
  for (let turn = 0; turn < 5; turn++) await held.releaseOne()
  await Promise.all(admitted)
  expect(held.most()).toBe(2)
})

it('gives the place back when the work fails', async () => {
  const gate = createGate({ atOnce: 1, waiting: 0, message: 'full' })
  await expect(gate(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(gate(async () => 'in')).resolves.toBe('in')
})
