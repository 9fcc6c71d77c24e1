/** Opens the socket, and opens it again in every case in which the library does not by itself. */
import { type LiveSocket, withJitter } from './connect.ts'

/** After the server sent us away without a reason or refused us. */
const COME_BACK_MS = 2_000

export interface KeptConnection {
  open(): void
  close(): void
  /** The server is stopping and said when to return. */
  comeBackAfter(milliseconds: number): void
}

export function keepConnected(
  socket: LiveSocket,
  told: { onConnect(): void; onLost(): void; onNotSignedIn(): void },
): KeptConnection {
  let isWanted = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function comeBackAfter(milliseconds: number): void {
    clearTimeout(timer)
    timer = setTimeout(
      () => {
        if (isWanted && !socket.connected) socket.connect()
      },
      withJitter(milliseconds, Math.random()),
    )
  }

  socket.on('connect', told.onConnect)
  socket.on('disconnect', () => {
    if (!isWanted) return
    told.onLost()
    // `active` means that the library is already trying again.
    if (!socket.active) comeBackAfter(COME_BACK_MS)
  })
  socket.on('connect_error', (error) => {
    told.onLost()
    if (error.message === 'not_signed_in') told.onNotSignedIn()
    else if (!socket.active) comeBackAfter(COME_BACK_MS)
  })

  return {
    open() {
      isWanted = true
      if (!socket.connected && !socket.active) socket.connect()
    },
    close() {
      isWanted = false
      clearTimeout(timer)
      socket.disconnect()
    },
    comeBackAfter,
  }
}
