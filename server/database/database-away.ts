/** Whether an error says that the database could not be reached or did not answer in time, rather than "no". */

/** SQLSTATE codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SERVER_SAYS = new Set([
  '08000', // connection exception, and its kinds
  '08001',
  '08003',
  '08004',
  '08006',
  '25P03', // idle in transaction for too long
  '53300', // too many connections
  '55P03', // lock not available in time
  '57014', // statement timeout
  '57P01', // administrator's shutdown
  '57P02', // crash shutdown
  '57P03', // starting up
])
const SYSTEM_SAYS = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])
/** What pg itself throws, without a code. */
const CLIENT_SAYS =
  /^(Query read timeout|timeout expired|timeout exceeded when trying to connect|Connection terminated.*|Client (has encountered a connection error|was closed) and is not queryable)$/

/** Nobody asked it: it did not answer others a moment ago. */
export class DatabaseAway extends Error {
  constructor() {
    super('The database has not answered for a moment and is not asked again until it does.')
    this.name = 'DatabaseAway'
  }
}

export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof DatabaseAway) return true
  if ('code' in error && typeof error.code === 'string')
    return SERVER_SAYS.has(error.code) || SYSTEM_SAYS.has(error.code)
  return CLIENT_SAYS.test(error.message)
}

/** Whether nothing at all was heard of it: no word of refusal either, which would show that it is there. */
export function isSilence(error: unknown): boolean {
  if (!isDatabaseAway(error)) return false
  return !(error instanceof Error && 'code' in error && SERVER_SAYS.has(String(error.code)))
}
