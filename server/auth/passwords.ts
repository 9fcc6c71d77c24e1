/** Passwords: argon2id at the cost OWASP recommends (19 MiB, two passes, one lane), a few at a time. */
import { type Algorithm, hash, verify } from '@node-rs/argon2'
import { createGate } from './gate.ts'

/** `Algorithm.Argon2id`; the package declares it as a const enum, which has no value at run time. */
const ARGON2ID = 2 as Algorithm.Argon2id
const COST = { algorithm: ARGON2ID, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }
/** Two at once keep the cores free for everybody else; fifty waiting are some three seconds of work. */
const GATE = {
  atOnce: 2,
  waiting: 50,
  message: 'Too many people are signing in at this moment. Please try again shortly.',
}

export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes as long for an account without a password (null) as for one with. */
  isRight(storedHash: string | null, password: string): Promise<boolean>
}

export function createPasswords(): Passwords {
  const gate = createGate(GATE)
  /** Nobody's password: checked when there is none, so that the time taken tells nothing. */
  let decoy: Promise<string> | null = null

  return {
    hash: (password) => gate(() => hash(normal(password), COST)),
    async isRight(storedHash, password) {
      decoy ??= hash(crypto.randomUUID(), COST)
      const against = storedHash ?? (await decoy)
      const isMatch = await gate(() => verify(against, normal(password)))
      return storedHash !== null && isMatch
    },
  }
}

/** Keyboards write the same Chinese or accented letters in different code points. */
const normal = (password: string) => password.normalize('NFKC')
