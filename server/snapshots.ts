/**
 * Answers that are the same for everybody of one audience until something changes: worked out once, not once a screen.
 * After a restart two thousand screens ask for the same few lists within seconds.
 */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Request, Response } from 'express'
import type { Viewer } from './auth/viewer.ts'
import { findTogether } from './find-together.ts'

const pack = promisify(gzip)
/** Audiences × lists; members have one each. */
const MOST_HELD = 500

/** One answer as it goes over the wire. */
interface Wire {
  text: Buffer
  packed: Buffer
}

export interface Snapshots {
  /** What `work` gives; at least as new as anything committed before this call. */
  share<Result>(key: string, work: () => Promise<Result>): Promise<Result>
  /** Sends JSON that `work` gives. */
  send(request: Request, response: Response, key: string, work: () => Promise<unknown>): Promise<void>
}

/** `stamp` reads from the database what differs after every change that any of the answers shows. */
export function createSnapshots(stamp: () => Promise<string>): Snapshots {
  // Who asks while one question is under way is served by the next, so that nobody is told of a moment before he asked.
  const askStamp = findTogether(async () => new Map([['', await stamp()]]))
  let heldAt: string | null = null
  let held = new Map<string, Promise<unknown>>()

  async function share<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const at = await askStamp('')
    if (at !== heldAt) {
      heldAt = at
      held = new Map()
    }
    const known = held.get(key)
    if (known) return known as Promise<Result>
    const made = work()
    const answers = held
    answers.set(key, made)
    for (const oldest of answers.keys()) {
      if (answers.size <= MOST_HELD) break
      answers.delete(oldest)
    }
    // A fault is nobody else's.
    made.catch(() => answers.delete(key))
    return made
  }

  return {
    share,
    async send(request, response, key, work) {
      const { text, packed } = await share(`wire ${key}`, async (): Promise<Wire> => {
        const body = Buffer.from(JSON.stringify(await work()))
        return { text: body, packed: await pack(body) }
      })
      const isPacked = request.acceptsEncodings('gzip') === 'gzip'
      response.type('json').vary('Accept-Encoding')
      if (isPacked) response.setHeader('Content-Encoding', 'gzip')
      response.end(isPacked ? packed : text)
    },
  }
}

/** Viewers with the same of this see the same in every list. */
export const audienceOf = ({ role, scope, memberId, departmentId }: Viewer) =>
  JSON.stringify([role, scope, memberId, departmentId])
