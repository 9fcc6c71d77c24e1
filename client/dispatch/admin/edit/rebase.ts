/** Two people changed one record: what the other changed, and how to keep what was typed here. */

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** The fields in which two states of a form differ. */
export function changedKeys<Fields extends object>(before: Fields, after: Fields): (keyof Fields & string)[] {
  return (Object.keys(after) as (keyof Fields & string)[]).filter((key) => !isSame(before[key], after[key]))
}

/**
 * What the form shows after taking in the record as it stands now: fields that were edited here keep what was typed,
 * all others follow the record.
 */
export function rebase<Fields extends object>(base: Fields, typed: Fields, current: Fields): Fields {
  const edited = Object.fromEntries(changedKeys(base, typed).map((key) => [key, typed[key]]))
  return { ...current, ...edited }
}

/** Fields that both sides changed, and not to the same: where keeping the typed text undoes the other's work. */
export function contestedKeys<Fields extends object>(
  base: Fields,
  typed: Fields,
  current: Fields,
): (keyof Fields & string)[] {
  const mine = new Set(changedKeys(base, typed))
  return changedKeys(base, current).filter((key) => mine.has(key) && !isSame(typed[key], current[key]))
}
