/** What is chosen, as part of the page's address: `?case=<id>`. */
import { cardKinds, type Selection } from '../stores/selection.ts'

type Query = Record<string, unknown>
const identity = /^[0-9a-f-]{36}$/i

/** The selection an address names; null when it names none, or none that could exist. */
export function selectionOf(query: Query): Selection | null {
  for (const kind of cardKinds) {
    const id = query[kind]
    if (typeof id === 'string' && identity.test(id)) return { kind, id }
  }
  return null
}

/** The query of an address with this selection; whatever else is in the query stays. */
export function withSelection<Q extends Query>(
  query: Q,
  selection: Selection | null,
): Record<string, Q[string] | string> {
  const others = Object.entries(query).filter(([key]) => !(cardKinds as readonly string[]).includes(key))
  return { ...Object.fromEntries(others), ...(selection ? { [selection.kind]: selection.id } : {}) } as Record<
    string,
    Q[string] | string
  >
}
