/** The demo's moving people: a third child, and a client like any other. */
import { fileURLToPath } from 'node:url'
import { forkEntry } from '../child-process.ts'
import { type Address, connect } from '../database/connect.ts'
import { createDevices } from '../devices/devices.ts'
import { keepRunning } from './keep-running.ts'
import type { Progress } from './progress.ts'
import type { Shutdown } from './shutdown.ts'

const entry = fileURLToPath(new URL('../demo/simulator.command.ts', import.meta.url))
const STOP_WITHIN_MS = 1_000

/** Starts it where the installation is a demo. */
export async function startSimulator(parts: {
  address: Address
  url: string
  progress: Progress
  shutdown: Shutdown
}): Promise<void> {
  const { address, url, progress, shutdown } = parts
  const db = connect(address, { max: 1 })
  const key = await createDevices(db, Date.now)
    .openSimulatorGateway()
    .finally(() => db.close())
  if (key === null) return
  const fork = () => forkEntry(entry, [], { ...process.env, GELIN_URL: url, GELIN_GATEWAY_KEY: key })
  const kept = keepRunning('演示模拟器 The simulator', fork, progress.say)
  shutdown.before(() => kept.stop(STOP_WITHIN_MS))
  await kept.firstReady
  progress.say('演示人员开始走动 The demo people start to move')
}
