/** Processes of this machine as /proc shows them. */
import { readdirSync, readFileSync } from 'node:fs'

export interface Process {
  pid: number
  command: string
}

export function childrenOf(parent: number): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`)
      // After the command name in brackets: state, then the parent.
      if (Number(stat.split(') ').at(-1)?.split(' ')[1]) !== parent) return []
      return [{ pid: Number(name), command: read(`/proc/${name}/cmdline`).replaceAll('\0', ' ') }]
    })
}

/** Whether a process lives; one that ended and waits for its parent to notice does not. */
export const isRunning = (pid: number) => /\) [^Z]/.test(read(`/proc/${pid}/stat`))

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
