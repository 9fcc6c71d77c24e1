/**
 * A certificate for trials on a local network: phones need HTTPS to sign in and to give their position. A certificate
 * authority is made once and kept; phones install it. The server's own certificate is made anew at every start, for the
 * addresses the machine has then.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import type { LocalHosts } from './local-hosts.ts'

const DAY_MS = 86_400_000
/** Phones that installed it keep working for the length of a trial and its follow-up. */
const CA_DAYS = 3 * 365
/** Made anew when less than this is left, so that it outlives every server certificate. */
const CA_RENEW_DAYS = 100
/** Phones refuse certificates of more than 398 days. */
const SERVER_DAYS = 90
/** Phones' clocks may be behind. */
const BEFORE_DAYS = 1

const KEY = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const

export interface TlsMaterial {
  key: string
  cert: string
  /** PEM of the authority, for phones to install. */
  ca: string
  /** SHA-256 of the authority, to compare by eye before trusting it. */
  caFingerprint: string
}

/** Reads or makes the authority in `dataDir`/tls (only its owner may read it), and makes a server certificate. */
export async function prepareTls(dataDir: string, hosts: LocalHosts, now: number = Date.now()): Promise<TlsMaterial> {
  const directory = join(dataDir, 'tls')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await chmod(directory, 0o700)
  const authority = (await readAuthority(directory, now)) ?? (await makeAuthority(directory, now))
  const server = await generate([{ name: 'commonName', value: 'Gelin' }], {
    ...KEY,
    ...validFor(SERVER_DAYS, now),
    ca: authority,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...hosts.names.map((value) => ({ type: 2, value }) as const),
          ...hosts.addresses.map((ip) => ({ type: 7, ip }) as const),
        ],
      },
    ],
  })
  const { fingerprint256 } = new X509Certificate(authority.cert)
  return { key: server.private, cert: server.cert, ca: authority.cert, caFingerprint: fingerprint256 }
}

interface Authority {
  key: string
  cert: string
}

async function readAuthority(directory: string, now: number): Promise<Authority | null> {
  try {
    const key = await readFile(join(directory, 'ca.key'), 'utf8')
    const cert = await readFile(join(directory, 'ca.crt'), 'utf8')
    const certificate = new X509Certificate(cert)
    const leftMs = Date.parse(certificate.validTo) - now
    // A start that was cut short may have left a key without its certificate.
    const isPair = certificate.checkPrivateKey(createPrivateKey(key))
    return isPair && leftMs > CA_RENEW_DAYS * DAY_MS ? { key, cert } : null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

async function makeAuthority(directory: string, now: number): Promise<Authority> {
  const day = new Date(now).toISOString().slice(0, 10)
  const made = await generate([{ name: 'commonName', value: `Gelin ${hostname()} ${day}` }], {
    ...KEY,
    ...validFor(CA_DAYS, now),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  await writeSecret(join(directory, 'ca.key'), made.private)
  await writeSecret(join(directory, 'ca.crt'), made.cert)
  return { key: made.private, cert: made.cert }
}

async function writeSecret(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 })
  // The mode above counts only for a new file.
  await chmod(path, 0o600)
}

const validFor = (days: number, now: number) => ({
  notBeforeDate: new Date(now - BEFORE_DAYS * DAY_MS),
  notAfterDate: new Date(now + days * DAY_MS),
})
