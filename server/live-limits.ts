/** How much one socket, one account and all screens together may ask of the live connection. */
export interface LiveLimits {
  /** Handshakes a second, and at once: after a restart two thousand screens come back within seconds. */
  handshakesPerSecond: number
  /** Handshakes that wait their turn: six seconds' worth, less than a screen waits for its answer. */
  handshakesWaiting: number
  /** Messages from one socket: a person clicks a few times a second, a phone reports once. */
  messagesPerSecond: number
  messageBurst: number
  /** A socket that goes on after this many refused messages is cut. */
  refusedMessages: number
  /** Tabs and devices of one account at once. */
  socketsPerAccount: number
  /** Open pages of one caller: his tab, and the one he opened again before it was gone. */
  socketsPerCall: number
  /** Callers' pages of one address: high, because an estate may share one. */
  callersPerAddress: number
}

export const liveLimits: LiveLimits = {
  handshakesPerSecond: 200,
  handshakesWaiting: 1_200,
  messagesPerSecond: 20,
  messageBurst: 40,
  refusedMessages: 200,
  socketsPerAccount: 5,
  socketsPerCall: 4,
  callersPerAddress: 300,
}
