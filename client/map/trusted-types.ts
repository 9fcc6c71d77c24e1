/**
 * The page forbids turning strings into code or markup. The map library starts its worker from an address, which counts
 * as code: this policy lets same-origin scripts pass, and nothing else.
 */

/** The part of the Trusted Types API used here; TypeScript's own library has no types for it. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown
  defaultPolicy: unknown
}

declare global {
  interface Window {
    trustedTypes?: TrustedTypes
  }
}

/** The address itself when it is a script of ours; throws otherwise. */
export function ownScriptAddress(address: string, pageAddress: string): string {
  const url = new URL(address, pageAddress)
  if (url.origin !== new URL(pageAddress).origin || !/^https?:$/.test(url.protocol))
    throw new TypeError(`Refused to load a script from ${url.origin}.`)
  return address
}

/** Call once before the first map. Browsers without Trusted Types need nothing. */
export function allowOwnWorkers(): void {
  if (!window.trustedTypes || window.trustedTypes.defaultPolicy) return
  window.trustedTypes.createPolicy('default', {
    createScriptURL: (address) => ownScriptAddress(address, window.location.href),
  })
}
