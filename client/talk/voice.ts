/** One voice connection at a time, from page to page. Whoever rings makes the offer; nothing is recorded. */
import type { IceServer, TalkSignal } from '#contract/talk'

/** calling: the other's page rings · ringing: ours does · connecting: answered, the way is being found. */
export type VoiceState = 'off' | 'calling' | 'ringing' | 'connecting' | 'talking'
/** noMicrophone: none, or not allowed · noWay: the two networks let nothing through. */
export type VoiceTrouble = 'noMicrophone' | 'noWay' | 'noAnswer' | 'declined'

const RING_MS = 30_000
/** From the answer to the first sound. */
const CONNECT_MS = 15_000
/** More than any phone has. */
const MOST_CANDIDATES = 60

export interface VoiceParts {
  send(signal: TalkSignal): Promise<unknown>
  iceServers(): readonly IceServer[]
  newId(): string
  microphone(): Promise<MediaStream>
  connect(configuration: RTCConfiguration): RTCPeerConnection
  onState(state: VoiceState): void
  onTrouble(trouble: VoiceTrouble): void
  /** What the other says; null when it is over. */
  onSound(stream: MediaStream | null): void
}

interface Attempt {
  id: string
  isOurs: boolean
  /** Of the other, while it rings here. */
  offer: string | null
  connection: RTCPeerConnection | null
  sound: MediaStream | null
  early: RTCIceCandidateInit[]
  timer: ReturnType<typeof setTimeout> | undefined
}

export function createVoice(parts: VoiceParts) {
  let attempt: Attempt | null = null
  let state: VoiceState = 'off'
  /** One after another: a candidate must not overtake its offer. */
  let sending: Promise<unknown> = Promise.resolve()

  function setState(next: VoiceState): void {
    state = next
    parts.onState(next)
  }
  function send(signal: TalkSignal): void {
    sending = sending.then(() => parts.send(signal)).catch(() => {})
  }
  function begin(id: string, isOurs: boolean, offer: string | null): Attempt {
    attempt = { id, isOurs, offer, connection: null, sound: null, early: [], timer: undefined }
    return attempt
  }
  function endAfter(mine: Attempt, milliseconds: number, trouble: VoiceTrouble | null): void {
    clearTimeout(mine.timer)
    mine.timer = setTimeout(() => end(trouble, true), milliseconds)
  }

  function end(trouble: VoiceTrouble | null, tellOther: boolean): void {
    if (!attempt) return
    const { id, connection, sound, timer } = attempt
    attempt = null
    clearTimeout(timer)
    for (const track of sound?.getTracks() ?? []) track.stop()
    connection?.close()
    if (tellOther) send({ kind: 'hangUp', voiceId: id })
    parts.onSound(null)
    setState('off')
    if (trouble) parts.onTrouble(trouble)
  }

  /** Opens microphone and connection; null when it was ended meanwhile or there is no microphone. */
  async function open(mine: Attempt): Promise<RTCPeerConnection | null> {
    let sound: MediaStream
    try {
      sound = await parts.microphone()
    } catch {
      if (attempt === mine) end('noMicrophone', true)
      return null
    }
    if (attempt !== mine) {
      for (const track of sound.getTracks()) track.stop()
      return null
    }
    const connection = parts.connect({ iceServers: parts.iceServers().map((server) => ({ ...server })) })
    Object.assign(mine, { sound, connection })
    for (const track of sound.getTracks()) connection.addTrack(track, sound)
    connection.onicecandidate = ({ candidate }) => {
      if (!candidate || attempt !== mine) return
      const { candidate: text, sdpMid, sdpMLineIndex } = candidate
      send({ kind: 'candidate', voiceId: mine.id, candidate: text, mid: sdpMid, line: sdpMLineIndex })
    }
    connection.ontrack = ({ streams }) => attempt === mine && parts.onSound(streams[0] ?? null)
    connection.onconnectionstatechange = () => {
      if (attempt !== mine) return
      if (connection.connectionState === 'connected') {
        clearTimeout(mine.timer)
        setState('talking')
      } else if (connection.connectionState === 'failed') end('noWay', true)
    }
    return connection
  }

  async function hear(mine: Attempt, description: RTCSessionDescriptionInit): Promise<void> {
    await mine.connection?.setRemoteDescription(description)
    for (const candidate of mine.early.splice(0)) await mine.connection?.addIceCandidate(candidate)
  }

  /** What the other's page said may be nonsense: then there is no way to it. */
  const orEnd = (mine: Attempt, work: Promise<void>) =>
    work.catch(() => {
      if (attempt === mine) end('noWay', true)
    })

  async function ring(mine: Attempt): Promise<void> {
    const connection = await open(mine)
    if (!connection) return
    await connection.setLocalDescription(await connection.createOffer())
    if (attempt !== mine) return
    send({ kind: 'offer', voiceId: mine.id, sdp: connection.localDescription?.sdp ?? '' })
    endAfter(mine, RING_MS, 'noAnswer')
  }

  async function accept(mine: Attempt): Promise<void> {
    setState('connecting')
    endAfter(mine, CONNECT_MS, 'noWay')
    const connection = await open(mine)
    if (!connection || mine.offer === null) return
    await hear(mine, { type: 'offer', sdp: mine.offer })
    await connection.setLocalDescription(await connection.createAnswer())
    if (attempt === mine) send({ kind: 'answer', voiceId: mine.id, sdp: connection.localDescription?.sdp ?? '' })
  }

  function receiveOffer(id: string, sdp: string): void {
    if (attempt) {
      // Both rang at the same moment: the same of the two goes on at both ends.
      if (attempt.isOurs && state === 'calling' && id < attempt.id) {
        end(null, false)
        const theirs = begin(id, false, sdp)
        void orEnd(theirs, accept(theirs))
      }
      return
    }
    const theirs = begin(id, false, sdp)
    setState('ringing')
    // It stops by itself when the other's page has gone without a word.
    theirs.timer = setTimeout(() => end(null, false), RING_MS + 5_000)
  }

  return {
    call(): void {
      if (attempt) return
      const mine = begin(parts.newId(), true, null)
      setState('calling')
      void orEnd(mine, ring(mine))
    },
    answer(): void {
      if (attempt && state === 'ringing') void orEnd(attempt, accept(attempt))
    },
    hangUp: () => end(null, true),
    mute(isMuted: boolean): void {
      for (const track of attempt?.sound?.getAudioTracks() ?? []) track.enabled = !isMuted
    },
    receive(signal: TalkSignal): void {
      if (signal.kind === 'offer') {
        receiveOffer(signal.voiceId, signal.sdp)
        return
      }
      const mine = attempt
      if (mine?.id !== signal.voiceId) return
      if (signal.kind === 'hangUp') end(state === 'calling' ? 'declined' : null, false)
      else if (signal.kind === 'answer') {
        if (!mine.isOurs || state !== 'calling') return
        setState('connecting')
        endAfter(mine, CONNECT_MS, 'noWay')
        void orEnd(mine, hear(mine, { type: 'answer', sdp: signal.sdp }))
      } else {
        const candidate = { candidate: signal.candidate, sdpMid: signal.mid, sdpMLineIndex: signal.line }
        if (mine.connection?.remoteDescription) mine.connection.addIceCandidate(candidate).catch(() => {})
        else if (mine.early.length < MOST_CANDIDATES) mine.early.push(candidate)
      }
    },
    connection: () => attempt?.connection ?? null,
  }
}
export type Voice = ReturnType<typeof createVoice>
