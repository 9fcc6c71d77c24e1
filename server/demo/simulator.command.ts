/** `npm run simulate -- --members N --rate HZ`: moves a district through its public API, with a gateway key. */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { obeyParent } from '../child-process.ts'
import { createGatewayClient } from './gateway-client.ts'
import { createRandom } from './random.ts'
import { createSimulator } from './simulator.ts'
import { walkOn } from './walk-on.ts'

const RETRY_MS = 3_000

const { values } = parseArgs({
  strict: false,
  options: {
    members: { type: 'string' },
    rate: { type: 'string' },
    url: { type: 'string' },
    key: { type: 'string' },
    seed: { type: 'string' },
  },
})
const origin = String(values.url ?? process.env.GELIN_URL ?? 'http://127.0.0.1:8080')
const key = String(values.key ?? process.env.GELIN_GATEWAY_KEY ?? '')
if (key === '') {
  console.error('A gateway key is needed: --key KEY. An administrator makes one and binds its devices to members.')
  process.exit(1)
}
// Every two seconds each, so that a newcomer sees most of them move while he looks.
const options = { members: Number(values.members ?? 170), rateHz: Number(values.rate ?? 0.5), cases: 30 }
const random = createRandom(Number(values.seed ?? 1))
const client = createGatewayClient(origin, key)
obeyParent(() => process.exit(0))
process.send?.({ type: 'ready' })

for (;;) {
  try {
    await walkOn(await createSimulator(client, random, options), { random, pause, now: Date.now, say: console.error })
  } catch (error) {
    // Not the server that we knew, or it never answered: begin again with whoever is on duty then.
    console.error(`simulator: ${error instanceof Error ? error.message : String(error)}`)
    await pause(RETRY_MS * random.between(0.5, 1.5))
  }
}
