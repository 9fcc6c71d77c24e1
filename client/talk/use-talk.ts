/** Talk of this page with the one of the other side: what was written, in order, and one voice connection. */
import { onScopeDispose, ref, shallowRef } from 'vue'
import type { IceServer, TalkMessage } from '#contract/talk'
import type { TalkLink } from './talk-link.ts'
import { createVoice, type VoiceState, type VoiceTrouble } from './voice.ts'

/** A message that is not stored yet. */
export interface Unsent {
  key: string
  text: string
  hasFailed: boolean
}

export function useTalk(link: TalkLink) {
  const messages = shallowRef<readonly TalkMessage[]>([])
  const unsent = shallowRef<readonly Unsent[]>([])
  const voiceState = ref<VoiceState>('off')
  const trouble = ref<VoiceTrouble | null>(null)
  const sound = shallowRef<MediaStream | null>(null)
  const isMuted = ref(false)
  let iceServers: readonly IceServer[] = []

  function put(message: TalkMessage): void {
    if (messages.value.some(({ number }) => number === message.number)) return
    messages.value = [...messages.value, message].sort((a, b) => a.number - b.number)
    unsent.value = unsent.value.filter(({ key }) => key !== message.key)
  }
  const lastNumber = () => messages.value.at(-1)?.number ?? 0

  /** What was missed, and the servers to find a way by. */
  async function catchUp(): Promise<void> {
    const thread = await link.read(lastNumber())
    iceServers = thread.iceServers
    for (const message of thread.messages) put(message)
  }
  const catchUpQuietly = () => void catchUp().catch(() => {})

  function markUnsent(key: string, hasFailed: boolean): void {
    unsent.value = unsent.value.map((one) => (one.key === key ? { ...one, hasFailed } : one))
  }
  /** Under the same key, so that trying again says nothing twice. */
  async function send({ key, text }: Unsent): Promise<void> {
    markUnsent(key, false)
    try {
      put(await link.say({ key, text }))
    } catch {
      markUnsent(key, true)
    }
  }

  const voice = createVoice({
    send: (signal) => link.signal(signal),
    iceServers: () => iceServers,
    newId,
    // Without a safe connection a browser has no microphone to give.
    microphone: () =>
      navigator.mediaDevices?.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } }) ??
      Promise.reject(new Error('no microphone')),
    connect: (configuration) => new RTCPeerConnection(configuration),
    onState(state) {
      voiceState.value = state
      if (state === 'off') isMuted.value = false
      else trouble.value = null
      navigator.vibrate?.(state === 'ringing' ? [400, 200, 400, 200, 400] : 0)
    },
    onTrouble(what) {
      trouble.value = what
    },
    onSound(stream) {
      sound.value = stream
    },
  })

  const stop = link.listen({
    onSaid(message) {
      const isNext = message.number <= lastNumber() + 1
      put(message)
      if (!isNext) catchUpQuietly()
    },
    onSignal: voice.receive,
    onUp: catchUpQuietly,
  })
  onScopeDispose(() => {
    stop()
    voice.hangUp()
  })

  return {
    messages,
    unsent,
    say(text: string): void {
      const one = { key: newId(), text, hasFailed: false }
      unsent.value = [...unsent.value, one]
      void send(one)
    },
    sayAgain: (one: Unsent) => void send(one),
    voice: voiceState,
    trouble,
    sound,
    isMuted,
    call: voice.call,
    answer: voice.answer,
    hangUp: voice.hangUp,
    toggleMute(): void {
      isMuted.value = !isMuted.value
      voice.mute(isMuted.value)
    },
    /** For who wants to know how it goes: bytes each way. */
    connection: voice.connection,
  }
}
export type Talk = ReturnType<typeof useTalk>

/** A version 4 UUID; pages over plain http have no crypto.randomUUID. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
