/** Names and addresses under which this machine is reached on its local network. */
import { hostname, networkInterfaces } from 'node:os'

export interface LocalHosts {
  names: string[]
  addresses: string[]
}

export function localHosts(): LocalHosts {
  const found = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    // Link-local IPv6 addresses need a zone, which no URL of a browser takes.
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => address)
  const own = hostname().toLowerCase()
  const isName = /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/.test(own)
  return {
    names: ['localhost', ...(isName && own !== 'localhost' ? [own] : [])],
    addresses: ['127.0.0.1', '::1', ...new Set(found)],
  }
}

/** As they stand in a URL. */
export const urlHosts = ({ names, addresses }: LocalHosts) => [
  ...names,
  ...addresses.map((address) => (address.includes(':') ? `[${address}]` : address)),
]
