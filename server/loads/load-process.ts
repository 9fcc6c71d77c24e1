/** Runs one load in a process of its own: reading a large file must not hold up the people at their screens. */
import { fileURLToPath } from 'node:url'
import type { LoadOptions, LoadReport } from '#contract/loads'
import { forkEntry } from '../child-process.ts'
import type { Address } from '../database/connect.ts'

const COMMAND = fileURLToPath(new URL('../../geodata/load.command.ts', import.meta.url))

/** What the loading process says over its channel. */
type Message = { type: 'report'; report: LoadReport } | { type: 'busy' }

export interface LoadTask {
  id: string
  path: string
  actor: string
  options: LoadOptions
}

export interface LoadProcess {
  /** busy: another process is loading into the same database. */
  ended: Promise<'ended' | 'busy'>
  /** Asks it to leave nothing behind and end; too late once the last transaction has begun. */
  cancel(): void
}

export type StartLoad = (task: LoadTask, onReport: (report: LoadReport) => void) => LoadProcess

/** Loading processes of one database. */
export function createLoadProcesses(address: Address): StartLoad {
  return ({ id, path, actor, options }, onReport) => {
    const child = forkEntry(COMMAND, argumentsOf(id, path, actor, options), environmentOf(address))
    let isBusy = false
    child.on('message', (message: Message) => {
      if (message.type === 'report') onReport(message.report)
      else isBusy = true
    })
    const ended = new Promise<'ended' | 'busy'>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', () => resolve(isBusy ? 'busy' : 'ended'))
    })
    return { ended, cancel: () => void (child.connected && child.send('cancel', () => {})) }
  }
}

/** Values travel as `--name=value`, so that none can be taken for an option. */
function argumentsOf(id: string, path: string, actor: string, options: LoadOptions): string[] {
  const { fileName, kind, level, datum, timeZone, map, skipRefused } = options
  const named = { 'load-id': id, label: fileName, actor, as: kind, level, datum, 'time-zone': timeZone, map }
  const given = Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]))
  return [...given, ...(skipRefused ? ['--skip-refused'] : []), '--', path]
}

function environmentOf(address: Address): NodeJS.ProcessEnv {
  const { DATABASE_URL: _url, GELIN_SOCKET_DIR: _socket, ...env } = process.env
  return 'url' in address ? { ...env, DATABASE_URL: address.url } : { ...env, GELIN_SOCKET_DIR: address.socketDir }
}
