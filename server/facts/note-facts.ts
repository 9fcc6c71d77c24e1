/** Notes what changed, inside the transaction that changes it. Call it last: the counter stays locked until commit. */
import type { FactKind } from '#contract/facts'
import type { Queryable } from '../database/connect.ts'
import { factsQueries } from './facts.queries.ts'

export const noteFacts = (
  tx: Queryable,
  kind: FactKind,
  subjects: readonly { id: string; areaPath: string | null }[],
) => factsQueries(tx).note(kind, subjects)
