/** Binds what the server tells to what the screen does about it. A missing line is a type error. */
import type { ServerEventName, ServerEventPayload, ServerToClient } from '#contract/events'
import type { LiveSocket } from './connect.ts'

export type LiveHandlers = { [Name in ServerEventName]: (payload: ServerEventPayload<Name>) => void }

/** Starts listening; returns what stops it. */
export function bindLive(socket: LiveSocket, handlers: LiveHandlers): () => void {
  const names = Object.keys(handlers) as ServerEventName[]
  for (const name of names) socket.on(name, handlers[name] as ServerToClient[typeof name])
  return () => {
    for (const name of names) socket.off(name, handlers[name] as ServerToClient[typeof name])
  }
}
