/** A member's side of a talk without the page around it: bundled by talk.spec.ts and run in a real field page. */
import { io } from 'socket.io-client'
import type { LiveSocket } from '../../client/live/connect.ts'
import { memberTalk } from '../../client/talk/talk-link.ts'
import { useTalk } from '../../client/talk/use-talk.ts'

export function begin(callId: string) {
  const socket: LiveSocket = io({ transports: ['websocket'], forceNew: true })
  return useTalk(memberTalk(socket, callId))
}
