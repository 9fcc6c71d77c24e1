/** What another system sends, ready to be tried in a terminal. */

/** A POSIX shell command. `origin` is the address of this installation, `device` a name that is bound under the key. */
export function deliveryExample(origin: string, key: string, device: string, place: [number, number], now: number) {
  const [lon, lat] = place
  const body = JSON.stringify({ sentAt: now, fixes: [{ device, at: now, lon, lat, accuracy: 8 }] })
  return [
    `curl ${quoted(`${origin}/ingest/gateway`)} \\`,
    `  -H ${quoted(`Authorization: Bearer ${key}`)} \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${quoted(body)}`,
  ].join('\n')
}

/** One word to the shell, whatever is in it. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
