/** Many wishes to do one thing become few runs of it: one at a time, with a pause after each. */

/** Wraps a task that must never reject. Each wish resolves when a run that began after it has ended. */
export function coalesce(task: () => Promise<void>, gapMs: number): () => Promise<void> {
  let free: Promise<void> = Promise.resolve()
  let waiting: Promise<void> | null = null
  return () => {
    if (waiting) return waiting
    const run = free.then(() => {
      waiting = null
      return task()
    })
    waiting = run
    free = run.then(() => new Promise((resolve) => setTimeout(resolve, gapMs)))
    return run
  }
}
