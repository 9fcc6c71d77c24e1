/** Waits for the end of a load: the server tells its progress, and is asked in case the telling was missed. */
import type { LoadReport } from '#contract/loads'

/** Progress is told several times a second; asking is only for a link that broke. */
const ASK_AFTER_MS = 3_000

export interface LoadSources {
  /** The newest report the server has told of, if any. */
  told: (id: string) => LoadReport | undefined
  ask: (id: string) => Promise<LoadReport>
  pause: (ms: number) => Promise<void>
}

/** The last report of a load, once it is over. Throws what `ask` throws when the server is gone for good. */
export async function followLoad(
  first: LoadReport,
  sources: LoadSources,
  onReport: (report: LoadReport) => void,
): Promise<LoadReport> {
  let report = first
  const TRIES = 10
  for (let misses = 0; report.state === 'running'; ) {
    await sources.pause(ASK_AFTER_MS / TRIES)
    const told = sources.told(report.id)
    if (told && told !== report) {
      report = told
      misses = 0
    } else if (++misses >= TRIES) {
      report = await sources.ask(report.id)
      misses = 0
    } else continue
    onReport(report)
  }
  return report
}
