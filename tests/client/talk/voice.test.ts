/** Two pages on their way to a voice connection, whatever comes in between; connections are fakes, the steps are not. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createVoice, type Voice, type VoiceState, type VoiceTrouble } from '../../../client/talk/voice.ts'
import { type TalkSignal, talkSignal } from '../../../contract/talk.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Connected once it knows both descriptions and a candidate of the other. */
class FakeConnection {
  localDescription: RTCSessionDescriptionInit | null = null
  remoteDescription: RTCSessionDescriptionInit | null = null
  connectionState = 'new'
  candidates = 0
  isClosed = false
  onicecandidate: ((event: object) => void) | null = null
  ontrack: ((event: object) => void) | null = null
  onconnectionstatechange: (() => void) | null = null
  readonly isLost: boolean
  constructor(isLost: boolean) {
    this.isLost = isLost
  }
  addTrack() {}
  createOffer = async () => ({ type: 'offer', sdp: 'v=0 offer' })
  createAnswer = async () => ({ type: 'answer', sdp: 'v=0 answer' })
  async setLocalDescription(description: RTCSessionDescriptionInit) {
    this.localDescription = description
    for (const line of [0, 1])
      setTimeout(
        () => this.onicecandidate?.({ candidate: { candidate: `c${line}`, sdpMid: '0', sdpMLineIndex: line } }),
        5 * line,
      )
    this.#look()
  }
  async setRemoteDescription(description: RTCSessionDescriptionInit) {
    if (!description.sdp?.startsWith('v=0')) throw new Error('no description')
    this.remoteDescription = description
    this.#look()
  }
  async addIceCandidate() {
    if (!this.remoteDescription) throw new Error('too early')
    this.candidates++
    this.#look()
  }
  close() {
    this.isClosed = true
  }
  #look() {
    if (!this.localDescription || !this.remoteDescription || this.candidates === 0) return
    this.connectionState = this.isLost ? 'failed' : 'connected'
    this.ontrack?.({ streams: [{}] })
    this.onconnectionstatechange?.()
  }
}

interface Page {
  voice: Voice
  states: VoiceState[]
  troubles: VoiceTrouble[]
  connections: FakeConnection[]
  /** Tracks of its microphone that are still open. */
  open: Set<object>
}

function aPair({ hasMicrophone = true, isLost = false, latencyMs = 20 } = {}) {
  let number = 0
  const lost: TalkSignal[] = []
  const said: TalkSignal[] = []
  let isCut = false
  const make = (other: () => Page, hasOwn: boolean): Page => {
    const page: Page = { voice: null as never, states: [], troubles: [], connections: [], open: new Set() }
    page.voice = createVoice({
      send(signal) {
        const checked = talkSignal.parse(signal)
        said.push(checked)
        if (isCut) lost.push(checked)
        else setTimeout(() => other().voice.receive(checked), latencyMs)
        return new Promise((resolve) => setTimeout(resolve, 2 * latencyMs))
      },
      iceServers: () => [],
      newId: () => `00000000-0000-4000-8000-${String(++number).padStart(12, '0')}`,
      microphone: async () => {
        if (!hasOwn) throw new Error('not allowed')
        const track = { enabled: true, stop: () => void page.open.delete(track) }
        page.open.add(track)
        return { getTracks: () => [track], getAudioTracks: () => [track] } as unknown as MediaStream
      },
      connect: () => {
        const connection = new FakeConnection(isLost)
        page.connections.push(connection)
        return connection as unknown as RTCPeerConnection
      },
      onState: (state) => page.states.push(state),
      onTrouble: (trouble) => page.troubles.push(trouble),
      onSound: () => {},
    })
    return page
  }
  const caller: Page = make(() => member, true)
  const member: Page = make(() => caller, hasMicrophone)
  return {
    caller,
    member,
    said,
    cut: () => {
      isCut = true
    },
  }
}
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
const isClean = ({ open, connections, states }: Page) =>
  open.size === 0 && connections.every(({ isClosed }) => isClosed) && (states.at(-1) ?? 'off') === 'off'

it('one rings, the other answers, both talk; who hangs up ends it at both ends', async () => {
  const { caller, member, said } = aPair()
  caller.voice.call()
  await pass(1_000)
  expect([caller.states, member.states]).toEqual([['calling'], ['ringing']])
  // Nothing is heard before somebody said that it may be.
  expect(member.open.size).toBe(0)
  member.voice.answer()
  await pass(1_000)
  expect([caller.states.at(-1), member.states.at(-1)]).toEqual(['talking', 'talking'])
  expect(said[0]?.kind).toBe('offer')
  member.voice.mute(true)
  expect([...member.open]).toMatchObject([{ enabled: false }])
  await pass(3_600_000)
  expect(caller.states.at(-1)).toBe('talking')
  member.voice.hangUp()
  await pass(1_000)
  expect([isClean(caller), isClean(member), caller.troubles, member.troubles]).toEqual([true, true, [], []])
})

it('both ring at the same moment: one of the two attempts becomes the talk', async () => {
  const { caller, member } = aPair()
  caller.voice.call()
  member.voice.call()
  await pass(2_000)
  expect([caller.states.at(-1), member.states.at(-1)]).toEqual(['talking', 'talking'])
  caller.voice.hangUp()
  await pass(1_000)
  expect([isClean(caller), isClean(member)]).toEqual([true, true])
})

it('nobody answers, or he declines: it ends at both ends, and the one who rang reads why', async () => {
  const silent = aPair()
  silent.caller.voice.call()
  await pass(40_000)
  expect([silent.caller.troubles, isClean(silent.caller), isClean(silent.member)]).toEqual([['noAnswer'], true, true])
  const declined = aPair()
  declined.caller.voice.call()
  await pass(1_000)
  declined.member.voice.hangUp()
  await pass(1_000)
  expect([declined.caller.troubles, declined.member.troubles, isClean(declined.caller)]).toEqual([
    ['declined'],
    [],
    true,
  ])
})

it('a page that is gone leaves nothing ringing', async () => {
  const { caller, member, cut } = aPair()
  caller.voice.call()
  await pass(1_000)
  cut()
  caller.voice.hangUp()
  await pass(40_000)
  expect([isClean(caller), isClean(member)]).toEqual([true, true])
})

it('no microphone, no way through, and nonsense for a description end it with a word', async () => {
  const deaf = aPair({ hasMicrophone: false })
  deaf.caller.voice.call()
  await pass(1_000)
  deaf.member.voice.answer()
  await pass(1_000)
  expect([deaf.member.troubles, isClean(deaf.member), isClean(deaf.caller)]).toEqual([['noMicrophone'], true, true])
  const lost = aPair({ isLost: true })
  lost.caller.voice.call()
  await pass(1_000)
  lost.member.voice.answer()
  await pass(1_000)
  expect([isClean(lost.caller), isClean(lost.member)]).toEqual([true, true])
  expect([...lost.caller.troubles, ...lost.member.troubles]).toContain('noWay')
  const odd = aPair()
  odd.member.voice.receive({ kind: 'offer', voiceId: '00000000-0000-4000-8000-00000000dead', sdp: 'nonsense' })
  odd.member.voice.answer()
  await pass(1_000)
  expect([odd.member.troubles, isClean(odd.member)]).toEqual([['noWay'], true])
})

it('steps of another attempt, and of none, do nothing', async () => {
  const { caller, member } = aPair()
  const voiceId = '00000000-0000-4000-8000-00000000beef'
  for (const signal of [
    { kind: 'answer', voiceId, sdp: 'v=0' },
    { kind: 'candidate', voiceId, candidate: 'c', mid: null, line: null },
    { kind: 'hangUp', voiceId },
  ] as TalkSignal[])
    caller.voice.receive(signal)
  expect(caller.states).toEqual([])
  caller.voice.call()
  await pass(500)
  member.voice.answer()
  await pass(500)
  caller.voice.receive({ kind: 'hangUp', voiceId })
  caller.voice.receive({ kind: 'offer', voiceId, sdp: 'v=0' })
  expect(caller.states.at(-1)).toBe('talking')
})
