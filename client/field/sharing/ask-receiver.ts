/** Asks the phone's receiver again, after the person has mended what was in its way. */
import { type InjectionKey, inject } from 'vue'

export const askReceiverKey: InjectionKey<() => void> = Symbol('askReceiver')

export const useAskReceiver = (): (() => void) => inject(askReceiverKey, () => {})
