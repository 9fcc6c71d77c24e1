/** What a start shows on the console: numbered steps with the seconds since the start. */

export interface Step {
  /** Something within the step, with numbers where there are any. */
  say(line: string): void
  done(note?: string): void
}

export interface Progress {
  step(title: string): Step
  /** A line outside the steps, such as a restart. */
  say(line: string): void
}

export function createProgress(totalSteps: number, write: (line: string) => void = console.log): Progress {
  const start = performance.now()
  let begun = 0
  const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`
  const say = (line: string) => write(`[${seconds(start).padStart(7)}] ${line}`)
  return {
    say,
    step(title) {
      const since = performance.now()
      const number = `${++begun}/${totalSteps}`
      say(`${number} ${title} …`)
      return {
        say: (line) => say(`      ${line}`),
        done: (note) => say(`${number} ✓ ${title}${note ? `: ${note}` : ''} (${seconds(since)})`),
      }
    },
  }
}
