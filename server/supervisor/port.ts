/** The port, settled before anything is started: a free one for 0, a clear sentence for one in use. */
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { StartRefused } from './start-refused.ts'

/** A server that is just stopping gets this long to leave its port. */
const PATIENCE_MS = 3_000
const TRY_EVERY_MS = 200

/** Returns the port to use. Port 0 is settled here, so that a restarted web process keeps the same one. */
export async function settlePort(host: string, port: number): Promise<number> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      return await tryPort(host, port)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (code === 'EADDRINUSE' && Date.now() < deadline) await pause(TRY_EVERY_MS)
      else throw new StartRefused(sentenceFor(code, host, port))
    }
  }
}

function tryPort(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      const taken = typeof address === 'object' && address ? address.port : port
      server.close(() => resolve(taken))
    })
  })
}

function sentenceFor(code: string, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program. Stop it, or set PORT to a free one.`
  if (code === 'EACCES') return `This user may not open port ${port}. Set PORT to 1024 or more.`
  return `HOST ${host} is not an address of this machine (${code}). Use 127.0.0.1, or 0.0.0.0 for all networks.`
}
