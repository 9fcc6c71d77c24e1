/** Everything the installation is told from outside: environment and flags, read once, checked here. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface Config {
  port: number
  host: string
  dataDir: string
  /** null = the embedded database in dataDir. */
  databaseUrl: string | null
  /** Extra origins pages may come from, besides the server's own (a reverse proxy's public address). */
  publicOrigins: string[]
  /** How many proxies in front may be believed about the caller's address. */
  trustedProxies: number
  logLevel: string
  isDev: boolean
  useTls: boolean
  withDemo: boolean
  /** Whether the demo's people move. */
  withSimulator: boolean
  /** A gateway that rings at members (企业微信, text messages, voice); null = none. */
  ringWebhook: { url: string; secret: string } | null
  /** STUN and TURN servers for talk by voice across networks, and the secret shared with the TURN server. */
  ice: { urls: string[]; turnSecret: string | null }
}

export class ConfigError extends Error {}

/**
 * Reads PORT, HOST, DATA_DIR, DATABASE_URL, PUBLIC_ORIGIN (comma list), TRUSTED_PROXIES, LOG_LEVEL,
 * RING_WEBHOOK_URL with RING_WEBHOOK_SECRET, ICE_SERVERS (comma list) with TURN_SECRET, and the flags
 * --dev --tls --no-demo --no-simulator. Throws ConfigError with a sentence that says what to correct.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, argv: string[] = process.argv.slice(2)): Config {
  const { values } = parseArgs({
    args: argv,
    strict: false,
    allowPositionals: true,
    options: {
      dev: { type: 'boolean' },
      tls: { type: 'boolean' },
      'no-demo': { type: 'boolean' },
      'no-simulator': { type: 'boolean' },
    },
  })
  const withDemo = values['no-demo'] !== true && env.GELIN_DEMO !== '0'
  const useTls = values.tls === true || env.GELIN_TLS === '1'
  return {
    port: wholeNumber('PORT', env.PORT, 8080, 0, 65_535),
    // Without TLS a phone could not sign in over the network anyway (Secure cookies), so stay on this machine.
    host: env.HOST || (useTls ? '0.0.0.0' : '127.0.0.1'),
    dataDir: resolve(env.DATA_DIR || 'data'),
    databaseUrl: env.DATABASE_URL ? checkedUrl(env.DATABASE_URL) : null,
    publicOrigins: (env.PUBLIC_ORIGIN ?? '').split(',').filter(Boolean).map(checkedOrigin),
    trustedProxies: wholeNumber('TRUSTED_PROXIES', env.TRUSTED_PROXIES, 0, 0, 10),
    logLevel: env.LOG_LEVEL || 'info',
    isDev: values.dev === true,
    useTls,
    withDemo,
    ice: {
      urls: (env.ICE_SERVERS ?? '').split(',').filter(Boolean).map(checkedIceServer),
      turnSecret: env.TURN_SECRET || null,
    },
    ringWebhook: checkedWebhook(env.RING_WEBHOOK_URL, env.RING_WEBHOOK_SECRET),
    withSimulator: withDemo && values['no-simulator'] !== true && env.GELIN_SIMULATOR !== '0',
  }
}

function wholeNumber(name: string, value: string | undefined, fallback: number, min: number, max: number): number {
  if (value === undefined || value === '') return fallback
  const number = Number(value)
  if (!Number.isInteger(number) || number < min || number > max)
    throw new ConfigError(`${name} must be a whole number from ${min} to ${max}, not "${value}".`)
  return number
}

function checkedUrl(value: string): string {
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value))
    throw new ConfigError('DATABASE_URL must look like postgresql://user:password@host:5432/name.')
  return value
}

function checkedOrigin(value: string): string {
  if (!URL.canParse(value))
    throw new ConfigError(`PUBLIC_ORIGIN must be addresses like https://grid.example, not "${value}".`)
  return new URL(value).origin
}

function checkedIceServer(value: string): string {
  const url = value.trim()
  if (!/^(stuns?|turns?):[^\s]+$/.test(url))
    throw new ConfigError(`ICE_SERVERS must be addresses like stun:host:3478 or turn:host:3478, not "${value}".`)
  return url
}

const MIN_SECRET = 32

function checkedWebhook(url: string | undefined, secret: string | undefined) {
  if (!url) return null
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new ConfigError(`RING_WEBHOOK_URL must be an address like https://gateway.example/ring, not "${url}".`)
  if (!secret || secret.length < MIN_SECRET)
    throw new ConfigError(
      `RING_WEBHOOK_URL needs RING_WEBHOOK_SECRET, at least ${MIN_SECRET} characters that only the gateway knows.`,
    )
  return { url, secret }
}
