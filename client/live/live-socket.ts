/** The page's one socket, for the few places below its root that say something over it. */
import type { InjectionKey } from 'vue'
import type { LiveSocket } from './connect.ts'

export const liveSocketKey: InjectionKey<LiveSocket> = Symbol('liveSocket')
