/**
 * PostgreSQL's wire protocol on a Unix socket, answered by one PGlite.
 *
 * PGlite has a single session, so whole units must take turns: everything a client sends up to Sync or a simple
 * Query, and a whole transaction once one is open. (The package's own socket server takes turns by single messages:
 * a statement whose parameters arrive in several chunks is then bound to another client's statement.)
 */
import { createServer, type Server, type Socket } from 'node:net'
import type { PGlite } from '@electric-sql/pglite'
import { errorMessage, isReady, MessageReader, type Unit } from './wire-messages.ts'

export interface WireServer {
  close(): Promise<void>
}

/** A client that opens a transaction and falls silent is cut, as PostgreSQL does by the session's own setting. */
const IDLE_IN_TRANSACTION_MS = 5_000
const ROLLBACK = Buffer.from('Q\0\0\0\rROLLBACK\0', 'latin1')
const SYNC = Buffer.from('S\0\0\0\x04', 'latin1')

export async function serveWire(parts: {
  engine: PGlite
  path: string
  maxConnections: number
  /** The engine itself is gone; the process has to be started again. */
  onEngineDead: (error: unknown) => void
}): Promise<WireServer> {
  const { engine, path, maxConnections, onEngineDead } = parts
  const turns = createTurns()
  const sockets = new Set<Socket>()

  const server = createServer((socket) => {
    sockets.add(socket)
    const client = createClient(socket)
    socket.on('data', client.receive)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      client.leave()
    })
  })
  server.maxConnections = maxConnections

  function createClient(socket: Socket) {
    const reader = new MessageReader()
    let work: Promise<void> = Promise.resolve()
    let giveTurn: (() => void) | null = null
    let idle: NodeJS.Timeout | undefined

    const inOrder = (step: () => Promise<void>) => {
      work = work.then(step).catch(onEngineDead)
    }

    function receive(chunk: Buffer): void {
      try {
        for (const unit of reader.read(chunk)) inOrder(() => perform(unit))
      } catch {
        socket.destroy()
      }
    }

    async function perform(unit: Unit): Promise<void> {
      if (unit.kind === 'plainText') {
        socket.write('N')
        return
      }
      if (unit.kind === 'end') {
        socket.end()
        return
      }
      clearTimeout(idle)
      giveTurn ??= await turns.take()
      // Whoever gave up while waiting does not want the work done any more; leave() follows and passes the turn on.
      if (socket.destroyed) return
      await run(unit.bytes, unit.kind === 'query')
      if (unit.kind === 'flush') return
      if (engine.isInTransaction()) idle = setTimeout(() => socket.destroy(), IDLE_IN_TRANSACTION_MS)
      else passOn()
    }

    /** PGlite drops a statement that fails inside a library (GEOS) without a word; then we say it and roll back. */
    async function run(bytes: Uint8Array, isAnswerDue: boolean): Promise<void> {
      let tail: Buffer = Buffer.alloc(0)
      socket.cork()
      await execute(bytes, (data) => {
        tail = Buffer.concat([tail, data]).subarray(-6)
        if (socket.writable) socket.write(data)
      })
      if (isAnswerDue && !isReady(tail)) {
        await execute(ROLLBACK, () => {})
        if (socket.writable) socket.write(errorMessage('XX000', 'the statement failed inside the database engine'))
      }
      socket.uncork()
    }

    function leave(): void {
      clearTimeout(idle)
      inOrder(async () => {
        if (!giveTurn) return
        await execute(SYNC, () => {})
        if (engine.isInTransaction()) await execute(ROLLBACK, () => {})
        passOn()
      })
    }

    function passOn(): void {
      giveTurn?.()
      giveTurn = null
    }
    return { receive, leave }
  }

  function execute(bytes: Uint8Array, onData: (data: Buffer) => void): Promise<unknown> {
    // What the engine hands out is a view of memory that it will use again.
    return engine.runExclusive(() =>
      engine.execProtocolRawStream(bytes, { onRawData: (data) => onData(Buffer.from(data)) }),
    )
  }

  await listen(server, path)
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
      // Whoever is at work finishes; then nobody else gets a turn.
      await turns.take()
    },
  }
}

/** First come, first served. `take` answers with the function that gives the turn back. */
function createTurns() {
  let last: Promise<void> = Promise.resolve()
  return {
    async take(): Promise<() => void> {
      const before = last
      let give = () => {}
      last = new Promise((resolve) => {
        give = resolve
      })
      await before
      return give
    },
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      // A fault of one connection attempt must not end the process.
      server.on('error', () => {})
      resolve()
    })
  })
}
