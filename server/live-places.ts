/** How many connections each account holds, those included that are just being let in. */
import type { Socket } from 'socket.io'

export interface Places {
  /** Takes a place until the connection closes; false when the account has none left. */
  take(connection: Pick<Socket, 'conn'>, accountId: string): boolean
}

export function createPlaces(perAccount: number): Places {
  const taken = new Map<string, number>()
  return {
    take({ conn }, accountId) {
      const held = taken.get(accountId) ?? 0
      if (held >= perAccount || conn.readyState !== 'open') return false
      taken.set(accountId, held + 1)
      conn.once('close', () => {
        const left = (taken.get(accountId) ?? 1) - 1
        if (left > 0) taken.set(accountId, left)
        else taken.delete(accountId)
      })
      return true
    },
  }
}
