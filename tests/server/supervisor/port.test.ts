import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { settlePort } from '../../../server/supervisor/port.ts'

it('takes a free port for 0, keeps a given one, and says in a sentence when it is in use', async () => {
  const port = await settlePort('127.0.0.1', 0)
  expect(port).toBeGreaterThan(0)
  expect(await settlePort('127.0.0.1', port)).toBe(port)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await expect(settlePort('127.0.0.1', port)).rejects.toThrow(`Port ${port} is in use by another program.`)
  server.close()
})

it('says when the address is not one of this machine', async () => {
  await expect(settlePort('192.0.2.1', 0)).rejects.toThrow('HOST 192.0.2.1 is not an address of this machine')
})
