/** The line over which two pages talk: the socket a page has anyway, the member's or the caller's. */
import type { CallerAcknowledgement, CallerAnswers, CallerEventName } from '#contract/caller-events'
import type { TalkMessage, TalkSay, TalkSignal, TalkThread } from '#contract/talk'
import type { CallerSocket } from '../caller/caller-socket.ts'
import type { LiveSocket } from '../live/connect.ts'

const ANSWER_WITHIN_MS = 8_000

export interface TalkTold {
  onSaid(message: TalkMessage): void
  onSignal(signal: TalkSignal): void
  /** The line is (back) up: something may have been missed. */
  onUp(): void
}

export interface TalkLink {
  /** Each rejects when the server does not answer or refuses. */
  say(said: TalkSay): Promise<TalkMessage>
  read(after: number): Promise<TalkThread>
  signal(signal: TalkSignal): Promise<unknown>
  /** Answers what stops it. */
  listen(told: TalkTold): () => void
}

type Answer<Name extends CallerEventName> = Promise<CallerAcknowledgement<Name>>

async function unwrap<Name extends CallerEventName>(answer: Answer<Name>): Promise<CallerAnswers[Name]> {
  const said = await answer
  if (!said.ok) throw new Error(said.code)
  return said.value
}

/** A member's, about the call he comes to. */
export function memberTalk(socket: LiveSocket, callId: string): TalkLink {
  const line = () => socket.timeout(ANSWER_WITHIN_MS)
  return {
    say: (said) => unwrap<'talk:say'>(line().emitWithAck('talk:say', { callId, ...said })),
    read: (after) => unwrap<'talk:read'>(line().emitWithAck('talk:read', { callId, after })),
    signal: (signal) => unwrap<'talk:signal'>(line().emitWithAck('talk:signal', { callId, signal })),
    listen({ onSaid, onSignal, onUp }) {
      const said = (told: { callId: string; message: TalkMessage }) => told.callId === callId && onSaid(told.message)
      const signal = (told: { callId: string; signal: TalkSignal }) => told.callId === callId && onSignal(told.signal)
      socket.on('talk:said', said).on('talk:signal', signal).on('connect', onUp)
      if (socket.connected) onUp()
      return () => void socket.off('talk:said', said).off('talk:signal', signal).off('connect', onUp)
    },
  }
}

const LOOK_AGAIN_MS = 300

/** A caller's; its socket may still be on its way. */
export function callerTalk(find: () => CallerSocket | null): TalkLink {
  const line = () => {
    const socket = find()
    if (!socket) throw new Error('offline')
    return socket.timeout(ANSWER_WITHIN_MS)
  }
  return {
    say: async (said) => unwrap<'talk:say'>(line().emitWithAck('talk:say', said)),
    read: async (after) => unwrap<'talk:read'>(line().emitWithAck('talk:read', { after })),
    signal: async (signal) => unwrap<'talk:signal'>(line().emitWithAck('talk:signal', signal)),
    listen({ onSaid, onSignal, onUp }) {
      let timer: ReturnType<typeof setTimeout> | undefined
      let stop = () => clearTimeout(timer)
      const begin = () => {
        const socket = find()
        if (!socket) {
          timer = setTimeout(begin, LOOK_AGAIN_MS)
          return
        }
        socket.on('talk:said', onSaid).on('talk:signal', onSignal).on('connect', onUp)
        if (socket.connected) onUp()
        stop = () => void socket.off('talk:said', onSaid).off('talk:signal', onSignal).off('connect', onUp)
      }
      begin()
      return () => stop()
    },
  }
}
