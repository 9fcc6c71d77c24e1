/** What the console says of a trial with --tls: where phones find it, and how they come to trust it. */
import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { localHosts, urlHosts } from './local-hosts.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1'])

/** Empty when no certificate was made in `dataDir`. `host`: what the server listens on. */
export async function trialNotes(
  { dataDir, host }: { dataDir: string; host: string },
  port: number,
): Promise<string[]> {
  const cert = await readFile(join(dataDir, 'tls', 'ca.crt'), 'utf8').catch(() => null)
  if (cert === null) return []
  const { names, addresses } = localHosts()
  const isReached = (address: string) => !LOOPBACK.has(address) && (host !== '0.0.0.0' || !address.includes(':'))
  const hosts = urlHosts({ names: names.filter((name) => !LOOPBACK.has(name)), addresses: addresses.filter(isReached) })
  const origins = hosts.map((each) => new URL(`https://${each}:${port}`).origin)
  return [
    '手机与其他电脑可用的地址  Addresses for phones and other desks:',
    ...origins.map((origin) => `  ${origin}/`),
    '先安装并信任证书 /ca.crt，核对指纹  First install and trust /ca.crt there; its fingerprint (SHA-256):',
    `  ${new X509Certificate(cert).fingerprint256}`,
    '',
  ]
}
