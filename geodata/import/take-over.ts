/** The last transaction of a load: staged rows become records, together with the report that says so. */
import { v7 as uuid } from 'uuid'
import { areaLevels } from '#contract/areas'
import type { Database } from '../../server/database/connect.ts'
import { attributionQueries } from './attribution.queries.ts'
import type { GrowingReport } from './load-report.ts'
import { loadsQueries } from './loads.queries.ts'
import { type Merge, mergeQueries } from './merge.queries.ts'
import type { LoadPlan } from './plan-load.ts'
import type { Staged } from './stage-rows.ts'

export async function takeOver(plan: LoadPlan, staged: Staged, db: Database, growing: GrowingReport): Promise<void> {
  const { report } = growing
  const { added, changed, unchanged } = staged
  await growing.progress('merging', 0, added + changed, true)
  Object.assign(report, { added, changed, unchanged })
  if (report.refusedCount > 0) growing.say('refused_left_out', { count: report.refusedCount })
  const merge: Merge = { loadId: plan.loadId, kind: plan.kindName, fields: plan.fields, added, changed }

  await db.transaction(async (tx) => {
    const queries = mergeQueries(tx)
    if (added + changed > 0) {
      await addWhatRowsName(plan, queries, growing)
      await mergeRows(merge, queries)
      if (plan.kindName === 'areas') await attributionQueries(tx).mark(true)
    }
    if (staged.source !== null && (await queries.nameSource(staged.source)))
      growing.say('attribution_kept', { text: staged.source })
    const isOurs = await loadsQueries(tx).finish(growing.end('done', 'load_done', { added, changed, unchanged }))
    if (!isOurs) throw new Error('The load was taken for dead and its claim given away.')
  })
}

async function addWhatRowsName(
  plan: LoadPlan,
  queries: ReturnType<typeof mergeQueries>,
  growing: GrowingReport,
): Promise<void> {
  const departments = plan.newDepartments
  if (departments.length > 0) {
    await queries.addDepartments(departments.map((department) => ({ id: uuid(), ...department })))
    growing.say('departments_added', {
      count: departments.length,
      names: departments.map(({ name }) => name).join(', '),
    })
  }
  if (!plan.fields.has('branch')) return
  const branches = await queries.addBranches(plan.loadId)
  if (branches > 0) growing.say('branches_added', { count: branches })
}

/** Statements that would touch no row are not run: each would raise the layer's version. */
async function mergeRows(merge: Merge, queries: ReturnType<typeof mergeQueries>): Promise<void> {
  const { loadId, kind, fields, added, changed } = merge
  if (kind === 'areas') {
    // A child's path is made from its parent's, so parents come first.
    if (added > 0)
      for (const level of areaLevels) if (await queries.hasNew(loadId, level)) await queries.addRows(merge, level)
  } else if (added > 0) await queries.addRows(merge)
  if (kind === 'cases') await queries.addCaseSteps(loadId)
  if (changed > 0) await queries.changeRows(merge)
  if (kind === 'members' && fields.has('posts')) await queries.replacePosts(loadId)
  if (kind === 'teams') await queries.replaceTeamMembers(loadId)
}
