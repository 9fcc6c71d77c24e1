/** Streams an uploaded file to a temporary one, never holding it in memory, and never naming it after what was sent. */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Refusal } from '../errors.ts'

export interface Upload {
  path: string
  bytes: number
  discard(): Promise<void>
}

const SUFFIX = '.upload'
const tooLarge = (maxBytes: number) =>
  new Refusal('too_large', `The file is over ${Math.floor(maxBytes / 1024 / 1024)} MB. Split it and load the parts.`)

/** Throws a Refusal for too much. Whatever goes wrong, nothing stays behind. */
export async function receiveUpload(request: IncomingMessage, directory: string, maxBytes: number): Promise<Upload> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw refuse(request, maxBytes)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, `${randomUUID()}${SUFFIX}`)
  const discard = () => rm(path, { force: true })
  const file = await open(path, 'wx', 0o600)
  let bytes = 0
  try {
    // The caller gets an answer, so the request outlives a refusal.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length
      if (bytes > maxBytes) throw refuse(request, maxBytes)
      await file.write(chunk)
    }
  } catch (error) {
    await file.close()
    await discard()
    throw error
  }
  await file.close()
  return { path, bytes, discard }
}

/** What still comes is read and thrown away: a caller that is cut off in the middle would never see the refusal. */
function refuse(request: IncomingMessage, maxBytes: number): Refusal {
  request.resume()
  return tooLarge(maxBytes)
}

/** Removes what a killed process left. */
export async function clearUploads(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => [])
  for (const name of names) if (name.endsWith(SUFFIX)) await rm(join(directory, name), { force: true })
}
