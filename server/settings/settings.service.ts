/** What administrators set about calls: read and written whole, told apart by what was read. */
import * as z from 'zod/mini'
import { type CallSettings, callRuleChanges } from '#contract/calls'
import type { Audited } from '../audit/audited.ts'
import type { Viewer } from '../auth/viewer.ts'
import { versionConflict } from '../errors.ts'
import type { SettingsQueries } from './settings.queries.ts'

export interface SettingsParts {
  queries: SettingsQueries
  change: Audited<SettingsQueries>
  /** Lets what lives by the settings read them now. */
  onChange: () => Promise<void>
}

export function createSettingsService({ queries, change, onChange }: SettingsParts) {
  const read = async (from: SettingsQueries): Promise<CallSettings> => {
    const { settings, stamp } = await from.calls()
    const { dutyPhone = null, dutyDeskName = null, callRules = {} } = settings
    // What somebody wrote into the table by hand and is no rule does not hold, so it is not shown as if it did.
    const rules = z.safeParse(callRuleChanges, callRules)
    return { dutyPhone, dutyDeskName, callRules: rules.success ? rules.data : {}, stamp }
  }

  return {
    see: () => read(queries),

    async changeCalls(viewer: Viewer, { stamp, ...next }: CallSettings): Promise<CallSettings> {
      const saved = await change(async ({ queries: tx, audit }) => {
        const { stamp: known, ...before } = await read(tx)
        if (known !== stamp) throw versionConflict('these settings', { ...before, stamp: known })
        await tx.keep(next)
        await audit({
          actor: viewer,
          action: 'settings.calls',
          resource: 'settings',
          resourceId: null,
          areaPath: null,
          detail: { before: flat(before), after: flat(next) },
        })
        return read(tx)
      })
      await onChange()
      return saved
    },
  }
}
export type SettingsService = ReturnType<typeof createSettingsService>

const flat = ({ callRules, ...rest }: Omit<CallSettings, 'stamp'>) => ({ ...rest, ...callRules })
