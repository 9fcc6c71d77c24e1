/** Opaque 256-bit secrets of sessions and links. Only their SHA-256 is ever stored. */
import { createHash, randomBytes } from 'node:crypto'

export const newSecret = () => randomBytes(32).toString('base64url')
export const hashSecret = (secret: string) => createHash('sha256').update(secret).digest()
