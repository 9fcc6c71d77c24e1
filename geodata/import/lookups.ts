/** What is already loaded, as far as rows refer to it by code or name. */
import type { AreaLevel } from '#contract/areas'
import { Refused } from './refused.ts'

export interface KnownArea {
  id: string
  code: string
  name: string
  level: AreaLevel
}
export interface KnownMember {
  id: string
  code: string
  name: string
  phone: string | null
}
export interface KnownNamed {
  id: string
  code: string
  name: string
}
export interface KnownCategory {
  key: string
  code: string
  name: string
}

export interface Lookups {
  areas: readonly KnownArea[]
  members: readonly KnownMember[]
  branches: readonly KnownNamed[]
  departments: readonly KnownNamed[]
  buildings: readonly KnownNamed[]
  servicePoints: readonly KnownNamed[]
  categories: readonly KnownCategory[]
}

/** Finds one thing by code, else by name; `ambiguous` when the name is that of several. */
export function createFinder<Thing extends { code: string }>(
  things: readonly Thing[],
  namesOf: (thing: Thing) => readonly (string | null)[],
): (value: string) => Thing | 'ambiguous' | null {
  const byCode = new Map(things.map((thing) => [thing.code, thing]))
  const byName = new Map<string, Thing | 'ambiguous'>()
  for (const thing of things)
    for (const name of namesOf(thing))
      if (name !== null && name !== '') byName.set(name, byName.has(name) ? 'ambiguous' : thing)
  return (value) => byCode.get(value) ?? byName.get(value) ?? null
}

/** Finds an area by code or by a name that only one area has. Throws Refused. */
export function createAreaFinder(areas: readonly KnownArea[]): (value: string) => KnownArea {
  const find = createFinder(areas, ({ name }) => [name])
  return (value) => {
    const found = find(value)
    if (found === null) throw new Refused('area_unknown', { value })
    if (found === 'ambiguous') throw new Refused('area_ambiguous', { value })
    return found
  }
}

/** A branch given by code becomes its name; one that is not known keeps the name it was given, and is added. */
export function createBranchNamer(branches: readonly KnownNamed[]): (value: string | null) => string | null {
  const codes = new Map(branches.map(({ code, name }) => [code, name]))
  return (value) => (value === null ? null : (codes.get(value) ?? value))
}
