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

export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string')
    return SERVER_SAYS.has(error.code) || SYSTEM_SAYS.has(error.code)
  return CLIENT_SAYS.test(error.message)
}
