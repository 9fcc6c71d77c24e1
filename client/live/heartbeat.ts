/** Proof of life: asks the server for its time, and says when no answer came. */
import type { LiveSocket } from './connect.ts'

const ASK_EVERY_MS = 3_000
const ANSWER_WITHIN_MS = 2_000

/** Starts asking; returns what stops it. A silent link is noticed within five seconds. */
export function startHeartbeat(
  socket: LiveSocket,
  told: { onAnswer(serverTime: number): void; onSilence(): void },
): () => void {
  async function ask(): Promise<void> {
    if (!socket.connected) return
    try {
      const answer = await socket.timeout(ANSWER_WITHIN_MS).emitWithAck('clock:ask', {})
      if (answer.ok) told.onAnswer(answer.value.serverTime)
    } catch {
      told.onSilence()
    }
  }
  const timer = setInterval(() => void ask(), ASK_EVERY_MS)
  return () => clearInterval(timer)
}
